"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Several things often happen at once: a payment, its charge, a service. They are one new look. */
const SETTLE_MS = 250;

/**
 * Keeps a server-rendered page true: listens to the account's stream while the page is seen, and reads the page anew
 * when something happened. The stream only says when; a browser goes on from the last message by itself.
 */
export function FollowChanges({ accountId }: { accountId: string }) {
  const router = useRouter();

  useEffect(() => {
    const input = encodeURIComponent(JSON.stringify({ json: { accountId } }));
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
  }, [accountId, router]);

  return null;
}
