"use client";

import { Blocks, CirclePause, CircleUserRound, FileText, House, TextAlignStart, Wallet } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SignOutForm } from "@/components/identity/sign-out-form";
import { CabinetShell } from "@/components/layout/cabinet-shell";
import type { NavItem } from "@/components/layout/nav-item";
import { PreferenceForms } from "@/components/layout/preference-forms";
import { TestModeBanner } from "@/components/layout/test-mode-banner";
import type { Theme } from "@/components/lib/theme";
import { AccountSwitcher } from "./account-switcher";
import type { OwnAccount } from "./cabinet-types";

type Props = { accounts: readonly OwnAccount[]; testMode: boolean; theme: Theme; children: ReactNode };

const KEEP = ["account"];

/**
 * The subscriber's frame with the places there are. It is the same on every page, so the browser knows it and an answer
 * of the server carries its few words alone.
 */
export function CabinetFrame({ accounts, testMode, theme, children }: Props) {
  const t = useTranslations("cabinet.nav");
  const items: NavItem[] = [
    { href: "/my", label: t("home"), icon: <House aria-hidden="true" />, exact: true, phone: "bar", keep: KEEP },
    {
      href: "/my/services",
      label: t("services"),
      icon: <Blocks aria-hidden="true" />,
      phone: "bar",
      keep: KEEP,
    },
    { href: "/my/pay", label: t("pay"), icon: <Wallet aria-hidden="true" />, phone: "bar", keep: KEEP },
    {
      href: "/my/statement",
      label: t("statement"),
      icon: <TextAlignStart aria-hidden="true" />,
      phone: "bar",
      keep: KEEP,
    },
    {
      href: "/my/documents",
      label: t("documents"),
      icon: <FileText aria-hidden="true" />,
      phone: "more",
      keep: KEEP,
    },
    {
      href: "/my/pause",
      label: t("pause"),
      icon: <CirclePause aria-hidden="true" />,
      phone: "more",
      keep: KEEP,
    },
    {
      href: "/my/profile",
      label: t("profile"),
      icon: <CircleUserRound aria-hidden="true" />,
      phone: "more",
      keep: KEEP,
    },
  ];
  return (
    <CabinetShell
      items={items}
      homeHref="/my"
      account={<AccountSwitcher accounts={accounts} />}
      banner={testMode ? <TestModeBanner /> : null}
      extra={<SignOutForm className="-ml-3" />}
      preferences={<PreferenceForms theme={theme} />}
    >
      {children}
    </CabinetShell>
  );
}
