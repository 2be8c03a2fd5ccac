import Link from "next/link";
import { useTranslations } from "next-intl";
import { cn } from "@/components/lib/cn";
import { Mark } from "@/components/ui/mark";

/** The mark and the name, leading to the first page of the part of the product one is in. */
export function Brand({ href, className }: { href: string; className?: string }) {
  const t = useTranslations("layout");
  return (
    <Link
      href={href}
      className={cn("flex items-center gap-[9px] text-[1.0625rem] font-bold tracking-[-0.01em]", className)}
    >
      <Mark className="size-[26px] text-signal" />
      {t("brand")}
    </Link>
  );
}
