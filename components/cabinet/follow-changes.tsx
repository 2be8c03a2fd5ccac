"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";

/** Several things often happen at once: a payment, its charge, a service. They are one new look. */
const SETTLE_MS = 250;

/**
 * Keeps a server-rendered page true: listens to the account's stream while the page is seen, and reads the page anew
 * when something happened, between reading it and listening too. The stream only says when; a browser goes on from the last message by itself.
 */
export function FollowChanges({ accountId, now }: { accountId: string; now: Date }) {
  const router = useRouter();
  // Of the first look: a stream that is open misses nothing, and a new beginning would only open it anew.
  const [since] = useState(() => now.toISOString());

  useEffect(() => {
    const input = encodeURIComponent(JSON.stringify({ json: { accountId, since } }));
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      timer = setTimeout(() => router.refresh(), SETTLE_MS);
    };
    const open = () => {
      source ??= new EventSource(`/api/trpc/cabinet.changes?input=${input}`);
      source.onmessage = look;
    };
    const close = () => {
      source?.close();
      source = null;
    };
    const onVisibility = () => {
      if (document.hidden) return close();
      open();
      look();
    };
    if (!document.hidden) open();
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      clearTimeout(timer);
      close();
    };
  }, [accountId, since, router]);

  return null;
}
