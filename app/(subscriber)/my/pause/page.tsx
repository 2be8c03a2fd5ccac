import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PauseView } from "@/components/cabinet/pause-view";
import { api, orNotFound } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { accountInput, type PageProps, textOf } from "../search-params";
import { beginPause, endPause } from "./change-pause";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("cabinet.pause"))("title") };
}

export default async function PausePage({ searchParams }: PageProps) {
  await requirePage("cabinet:home");
  const [query, caller] = await Promise.all([searchParams, api()]);
  const pause = await orNotFound(caller.cabinet.pause(accountInput(query)));
  const error = textOf(query.error);
  return (
    <PauseView
      pause={pause}
      begin={beginPause}
      end={endPause}
      typed={{ from: textOf(query.from), until: textOf(query.until) }}
      error={error ? { reason: error, value: textOf(query.value) ?? "" } : null}
      done={textOf(query.done) === "ended"}
    />
  );
}
