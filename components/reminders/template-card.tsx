import { useTranslations } from "next-intl";
import { Card, CardHeader } from "@/components/ui/card";
import { PLACEHOLDERS, REMINDER_EVENTS } from "@/server/domain/notifications/constants";
import type { TemplateFacts } from "./outputs";
import { TemplateDialog } from "./template-dialog";
import { useTemplateWords } from "./use-step-words";

const SIDES = ["before", "on", "after"];
const rank = ({ event, code }: TemplateFacts) =>
  REMINDER_EVENTS.indexOf(event) * SIDES.length + SIDES.findIndex((side) => code.endsWith(`_${side}`));

/** By event, and within it as time goes. */
export const inReadersOrder = (a: TemplateFacts, b: TemplateFacts): number => rank(a) - rank(b);

type Props = { code: string; texts: readonly TemplateFacts[]; mayEdit: boolean };

/** One text in its languages, side by side, and what may be filled in. */
export function TemplateCard({ code, texts, mayEdit }: Props) {
  const t = useTranslations("reminders.texts");
  const name = useTemplateWords()(code);
  const [first] = texts;
  return (
    <Card>
      <CardHeader title={name} />
      <div className="grid border-t border-line lg:grid-cols-2 lg:divide-x lg:divide-line">
        {texts.map((text) => (
          <section key={text.locale} className="min-w-0 px-4 py-3 max-lg:border-b max-lg:border-line">
            <div className="mb-2 flex items-center justify-between gap-3">
              <h3 className="text-small font-medium text-muted">{t(`locale.${text.locale}`)}</h3>
              {mayEdit ? <TemplateDialog text={text} name={name} /> : null}
            </div>
            <p className="font-medium">{text.subject}</p>
            <p className="mt-1 text-small break-words whitespace-pre-line">{text.body}</p>
            <p className="mt-3 text-tiny font-medium text-muted">{t("short")}</p>
            <p className="rounded-control bg-sunken px-2.5 py-1.5 text-small break-words">{text.short}</p>
          </section>
        ))}
      </div>
      {first ? (
        <p className="border-t border-line px-4 py-2.5 text-small text-muted">
          {t("placeholders")}:{" "}
          {PLACEHOLDERS[first.event].map((one, index) => (
            <span key={one}>
              {index > 0 ? ", " : null}
              <span className="id text-ink">{`{${one}}`}</span> {t(`meaning.${one}`)}
            </span>
          ))}
        </p>
      ) : null}
    </Card>
  );
}
