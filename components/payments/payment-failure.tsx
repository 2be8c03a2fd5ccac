import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/blocks/error-state";
import type messages from "@/components/i18n/messages/ru/payments.json";

type Reason = keyof (typeof messages)["failure"];
/** Keys of the same group that are not reasons. */
const NOT_REASONS: readonly string[] = ["kept", "keptMismatch", "other"];

/** Why no money came, in words; the provider's own word is shown for support only when we do not know it. */
export function PaymentFailure({ failure }: { failure: string | null }) {
  const t = useTranslations("payments.failure");
  const mismatch = failure?.startsWith("mismatch") ?? false;
  const key = mismatch ? "mismatch" : (failure ?? "other");
  const known = !NOT_REASONS.includes(key) && t.has(key as Reason);
  return (
    <ErrorState
      className="card"
      happened={t(known ? (key as Reason) : "other")}
      kept={t(mismatch ? "keptMismatch" : "kept")}
      {...(known || !failure ? {} : { code: failure })}
    />
  );
}
