"use client";

import { useSubscription } from "@trpc/tanstack-react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useTRPC } from "@/components/trpc/context";

/** Several events of one moment are one look at the page. */
const GATHER_MS = 250;

/** Asks the page again whenever something happens to the account. `seen`: the latest event the page already shows. */
export function LiveRefresh({ accountId, seen }: { accountId: string; seen: string | null }) {
  const t = useTranslations("subscribers.live");
  const trpc = useTRPC();
  const router = useRouter();
  // The stream remembers by itself where it was; a new starting point would only open it anew.
  const [input] = useState({ accountId, lastEventId: seen });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { status } = useSubscription(
    trpc.subscribers.watch.subscriptionOptions(input, {
      onData: () => {
        clearTimeout(timer.current);
        timer.current = setTimeout(() => router.refresh(), GATHER_MS);
      },
    }),
  );
  useEffect(() => () => clearTimeout(timer.current), []);
  const lost = status === "error";
  return (
    <span
      role="status"
      data-live={lost ? "off" : "on"}
      className="inline-flex items-center gap-1.5 text-small text-muted"
    >
      <span aria-hidden="true" className={`size-[7px] rounded-full ${lost ? "bg-warn" : "bg-ok"}`} />
      {t(lost ? "off" : "on")}
    </span>
  );
}
