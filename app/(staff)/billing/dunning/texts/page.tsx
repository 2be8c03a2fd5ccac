import { getTranslations } from "next-intl/server";
import { RemindersHeader } from "@/components/reminders/reminders-header";
import { inReadersOrder, TemplateCard } from "@/components/reminders/template-card";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { may } from "@/server/domain/identity";

export async function generateMetadata() {
  return { title: (await getTranslations("reminders.tabs"))("texts") };
}

export default async function TextsPage() {
  const { actor } = await requirePage("reminder:read");
  const [{ templates }, t] = await Promise.all([
    api().then((call) => call.reminders.ladder()),
    getTranslations("reminders.texts"),
  ]);
  return (
    <>
      <RemindersHeader page="texts" sub={t("sub")} />
      <div className="grid gap-3.5">
        {[...Map.groupBy(templates.toSorted(inReadersOrder), (text) => text.code)].map(([code, texts]) => (
          <TemplateCard key={code} code={code} texts={texts.toReversed()} mayEdit={may(actor, "reminder:edit")} />
        ))}
      </div>
    </>
  );
}
