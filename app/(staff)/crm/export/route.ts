import { getLocale, getTranslations } from "next-intl/server";
import { readListParams } from "@/components/subscribers/list-params";
import { accountsCsvResponse } from "@/server/api/subscribers/accounts-csv-response";

const COLUMNS = ["name", "number", "contract", "address", "tariff", "balance", "state", "opened", "ended"] as const;

/** The file of exactly the list that the same address shows. */
export async function GET(request: Request): Promise<Response> {
  const { filter, sort } = readListParams(Object.fromEntries(new URL(request.url).searchParams));
  const [t, locale] = await Promise.all([getTranslations("subscribers"), getLocale()]);
  return accountsCsvResponse(
    request.headers,
    { ...filter, sort: sort.key, descending: sort.direction === "desc" },
    {
      columns: COLUMNS.map((column) => t(`list.column.${column}`)),
      state: { active: t("state.active"), blocked: t("state.blocked"), terminated: t("state.terminated") },
      locale,
    },
  );
}
