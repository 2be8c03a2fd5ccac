import { useTranslations } from "next-intl";

type Props = { before: unknown; after: unknown };

/** The record itself, field by field, as the audit keeps it; a reason given is said first. */
export function AuditDetails({ before, after }: Props) {
  const t = useTranslations("subscribers.history");
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const reason = typeof is.reason === "string" && /\s|[а-яё]/i.test(is.reason) ? is.reason : null;
  if (names.length === 0) return null;
  return (
    <>
      {reason ? <p className="text-small">{t("reason", { reason })}</p> : null}
      <details className="mt-0.5 text-small">
        <summary className="w-fit text-muted underline hover:text-ink">{t("details")}</summary>
        <dl className="mt-1 grid gap-1">
          {names.map((name) => (
            <div key={name} className="grid gap-x-3 sm:grid-cols-[10rem_1fr]">
              <dt className="id text-muted">{name}</dt>
              <dd className="id min-w-0 break-words">
                {was[name] !== null && was[name] !== undefined ? (
                  <>
                    <span className="sr-only">{t("before")}: </span>
                    <s className="text-muted">{textOf(was[name])}</s>{" "}
                  </>
                ) : null}
                {name in is ? (
                  <>
                    <span className="sr-only">{t("after")}: </span>
                    {textOf(is[name])}
                  </>
                ) : null}
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  );
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "—";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
