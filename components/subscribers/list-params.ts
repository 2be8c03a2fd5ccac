import { type Params, readSort, type Sort, tableHref } from "@/components/blocks/table-url";
import { ACCOUNT_SORTS, ACCOUNT_STATES, type AccountSort, type AccountState } from "@/server/domain/crm/constants";

export const LIST_PATH = "/crm";

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** What the list is narrowed by, as the verb takes it. Both days of an interval are in it. */
export type ListFilter = {
  query?: string;
  state?: AccountState;
  tariff?: string;
  startedFrom?: string;
  startedTo?: string;
  endedFrom?: string;
  endedTo?: string;
  chargedIn?: string;
};

export type ListParams = {
  /** The parameters as they stand in the address, believed ones only: what links are made from. */
  address: Params;
  filter: ListFilter;
  sort: Sort & { key: AccountSort };
  page: { after?: string; before?: string };
};

/** The address of the list read with care: what is not ours is left out, never an error. */
export function readListParams(raw: Params): ListParams {
  const text = (name: string, fits: (value: string) => boolean) => {
    const value = typeof raw[name] === "string" ? raw[name].trim() : "";
    return value !== "" && value.length <= 1_000 && fits(value) ? value : undefined;
  };
  const day = (name: string) => text(name, (value) => DAY.test(value));
  const filter: ListFilter = {
    ...given(
      "query",
      text("q", (value) => value.length <= 200),
    ),
    ...given(
      "state",
      ACCOUNT_STATES.find((state) => state === raw.state),
    ),
    ...given(
      "tariff",
      text("tariff", (value) => value.length <= 60),
    ),
    ...given("startedFrom", day("startedFrom")),
    ...given("startedTo", day("startedTo")),
    ...given("endedFrom", day("endedFrom")),
    ...given("endedTo", day("endedTo")),
    ...given(
      "chargedIn",
      text("chargedIn", (value) => MONTH.test(value)),
    ),
  };
  const sortText = text("sort", () => true);
  const sort = readSort(sortText, ACCOUNT_SORTS, { key: "name", direction: "asc" });
  const after = text("after", () => true);
  const before = after ? undefined : text("before", () => true);
  const { query, ...rest } = filter;
  return {
    address: { q: query, ...rest, sort: sortText, after, before },
    filter,
    sort: { ...sort, key: ACCOUNT_SORTS.find((key) => key === sort.key) ?? "name" },
    page: { ...given("after", after), ...given("before", before) },
  };
}

/** The list's own address with some parameters changed; a changed list starts from its first page. */
export function listHref({ address }: ListParams, changes: Params): string {
  return tableHref(LIST_PATH, address, { after: undefined, before: undefined, ...changes });
}

export function isNarrowed({ filter }: ListParams): boolean {
  return Object.keys(filter).length > 0;
}

function given<Key extends string, Value>(key: Key, value: Value | undefined): { [name in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [name in Key]: Value });
}
