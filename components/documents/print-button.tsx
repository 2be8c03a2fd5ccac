"use client";

import { Printer } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

export function PrintButton() {
  const t = useTranslations("documents");
  return (
    <Button size="s" icon={<Printer aria-hidden="true" />} onClick={() => window.print()}>
      {t("print")}
    </Button>
  );
}
