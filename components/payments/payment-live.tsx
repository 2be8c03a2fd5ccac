"use client";

import { useQuery } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useState } from "react";
import type { PaymentProgress } from "@/components/cabinet/cabinet-types";
import { useTRPC } from "@/components/trpc/context";
import { PaymentView } from "./payment-view";

/** A stream that has not opened by then is helped out. */
const PATIENCE_MS = 4_000;
const POLL_MS = 2_500;

/** The payment as it goes: over a stream; where streams do not get through, by asking every few seconds. */
export function PaymentLive({ initial }: { initial: PaymentProgress }) {
  const trpc = useTRPC();
  const [streamed, setStreamed] = useState(initial);
  const [late, setLate] = useState(false);
  const input = { paymentId: initial.paymentId };
  const over = streamed.outcome !== "waiting";

  const stream = useSubscription(
    trpc.payments.progress.subscriptionOptions(input, {
      enabled: !over,
      onData: ({ data }) => setStreamed(data),
    }),
  );
  const flowing = stream.status === "pending";
  useEffect(() => {
    if (flowing || over) return setLate(false);
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [flowing, over]);

  const asked = useQuery(
    trpc.payments.read.queryOptions(input, {
      enabled: late && !over,
      refetchInterval: POLL_MS,
      staleTime: 0,
      retry: true,
    }),
  );
  useEffect(() => {
    if (asked.data) setStreamed(asked.data);
  }, [asked.data]);

  return <PaymentView progress={streamed} link={over ? "over" : late ? "polling" : "live"} />;
}
