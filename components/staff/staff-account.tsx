import { useTranslations } from "next-intl";
import { SignOutForm } from "@/components/identity/sign-out-form";
import type { Role } from "@/server/platform/roles";

/** Who is at this desk, and the way out. */
export function StaffAccount({ name, role }: { name: string; role: Exclude<Role, "subscriber"> }) {
  const t = useTranslations("staff");
  return (
    <section aria-label={t("account")} className="flex items-start justify-between gap-4">
      <div className="min-w-0">
        <p className="truncate font-semibold">{name}</p>
        <p className="text-small text-muted">{t(`roles.${role}`)}</p>
      </div>
      <SignOutForm className="-mt-1 -mr-2 shrink-0" />
    </section>
  );
}
