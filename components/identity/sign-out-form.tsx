import { LogOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

/** A plain form: signing out works before and without JavaScript. */
export function SignOutForm({ className }: { className?: string }) {
  const t = useTranslations("session");
  return (
    <form method="post" action="/api/sign-out" className={className}>
      <Button type="submit" kind="ghost" size="s" icon={<LogOut aria-hidden="true" />}>
        {t("signOut")}
      </Button>
    </form>
  );
}
