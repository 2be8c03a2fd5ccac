import { useTranslations } from "next-intl";
import { Instant } from "@/components/ui/instant";
import type { ServiceFacts } from "./outputs";

/** The latest commands to the network, each with what became of it. */
export function ServiceLog({ service, now }: { service: ServiceFacts; now: Date }) {
  const t = useTranslations("subscribers.services");
  if (service.tasks.length === 0) return null;
  return (
    <details className="text-small">
      <summary className="w-fit text-muted underline hover:text-ink">{t("log")}</summary>
      <ol className="num mt-1.5 grid gap-1">
        {service.tasks.map((task) => (
          <li key={task.version} className="grid gap-x-3 sm:grid-cols-[9rem_1fr_auto]">
            <span className="text-muted">
              <Instant at={task.startedAt} now={now} />
            </span>
            <span>
              {t("version", { version: task.version })} · {t(`cause.${task.cause}`)}
            </span>
            <span className="text-muted">
              {t(`task.${task.state}`)}
              {task.attempts > 0 ? ` · ${t("attempts", { count: task.attempts })}` : null}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
