"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Toaster as Sonner, toast } from "sonner";
import { listenToToasts, type ToastMessage } from "./toast";

function say({ tone, title, text }: ToastMessage): void {
  const show = tone === "ok" ? toast.success : tone === "danger" ? toast.error : toast.info;
  show(title, { description: text });
}

/** Loaded by `ToastHost`; `first` are the messages that brought it. */
export default function Toaster({ first }: { first: readonly ToastMessage[] }) {
  const t = useTranslations("ui");
  const said = useRef(false);

  useEffect(() => {
    if (!said.current) for (const message of first) say(message);
    said.current = true;
    return listenToToasts(say);
  }, [first]);

  return (
    <Sonner
      position="top-center"
      containerAriaLabel={t("notifications")}
      className="font-sans!"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "card flex w-full items-start gap-3 px-4 py-3 text-small text-ink shadow-popup data-[type=error]:border-danger",
          title: "font-semibold",
          description: "text-muted",
          icon: "mt-0.5 shrink-0",
        },
      }}
    />
  );
}
