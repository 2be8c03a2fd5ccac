import Link from "next/link";
import { useTranslations } from "next-intl";
import { KeyValue } from "@/components/blocks/key-value";
import { useMethodWords } from "@/components/payments/method-words";
import { Instant } from "@/components/ui/instant";
import type { Operation } from "./cabinet-types";

/** Where the money came from and when it arrived. */
export function PaymentStory({ payment, now }: { payment: NonNullable<Operation["payment"]>; now: Date }) {
  const t = useTranslations("operations.paid");
  const provider = useTranslations("payments.provider");
  const { provider: name, terminalName, methodTitle, paidAt, postedAt, isTest, id } = payment;
  const methodWords = useMethodWords();
  const known = PROVIDERS.find((one) => one === name);
  return (
    <>
      <KeyValue
        items={[
          {
            key: "provider",
            label: t("provider"),
            value: known ? provider(isTest ? "test" : known) : (terminalName ?? name),
          },
          ...(methodTitle ? [{ key: "method", label: t("method"), value: methodWords(methodTitle) }] : []),
          ...(paidAt ? [{ key: "paid", label: t("paidAt"), value: <Instant at={paidAt} now={now} /> }] : []),
          ...(postedAt ? [{ key: "posted", label: t("postedAt"), value: <Instant at={postedAt} now={now} /> }] : []),
          { key: "number", label: t("number"), value: <span className="id break-all">{id}</span> },
        ]}
      />
      {isTest ? <p className="mt-2 text-small text-muted">{t("test")}</p> : null}
      {name === "yookassa" ? (
        <Link href={`/my/pay/${id}`} className="mt-2 inline-block text-small underline underline-offset-3">
          {t("open")}
        </Link>
      ) : null}
    </>
  );
}

const PROVIDERS = ["yookassa", "import", "office", "bank"] as const;
