import { webContext } from "@/server/auth/web-context";
import { exportAccounts, type ListAccountsInput } from "@/server/domain/crm";
import { dayIn } from "@/server/kernel/day";
import { isDomainError } from "@/server/kernel/errors";
import { type CsvWords, csvHead, csvRow } from "./accounts-csv";

/** A file of any length in the memory of one page: rows are read as the reader takes them, and no further when he leaves. */
export async function accountsCsvResponse(
  headers: Headers,
  list: ListAccountsInput,
  words: CsvWords,
  contextOf = webContext,
): Promise<Response> {
  const ctx = await contextOf(headers);
  try {
    const pages = await exportAccounts(ctx, list);
    return new Response(csvStream(pages, words), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="subscribers-${dayIn(ctx.now(), ctx.zone)}.csv"`,
        "cache-control": "no-store",
      },
    });
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const status = error.kind === "unauthenticated" ? 401 : error.kind === "forbidden" ? 403 : 400;
    return Response.json({ error: { reason: error.reason } }, { status, headers: { "cache-control": "no-store" } });
  }
}

type Pages = Awaited<ReturnType<typeof exportAccounts>>;

function csvStream(pages: Pages, words: CsvWords): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(csvHead(words)));
    },
    async pull(controller) {
      const page = await pages.next();
      if (page.done) controller.close();
      else controller.enqueue(encoder.encode(page.value.map((account) => csvRow(account, words)).join("")));
    },
    async cancel() {
      await pages.return(undefined);
    },
  });
}
