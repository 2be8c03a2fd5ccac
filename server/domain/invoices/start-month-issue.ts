import { requirePermission } from "@/server/domain/identity";
import { addMonths, type Day, dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { StartMonthIssueInput } from "./schema";

/**
 * Orders the documents of a month for every account; the worker issues them in chunks. Pressing it again while it waits is one
 * order, and issuing what is issued adds nothing. Throws `precondition` (`invoice.month_not_over`).
 */
export async function startMonthIssue(ctx: Context, raw: StartMonthIssueInput): Promise<void> {
  requirePermission(ctx, "invoice:issue");
  const { month } = StartMonthIssueInput.parse(raw);
  if (addMonths(`${month}-01` as Day, 1) > dayIn(ctx.now(), ctx.zone))
    throw new DomainError("precondition", "invoice.month_not_over", { month });
  await withTransaction(ctx, (tx) =>
    record(tx, {
      audit: [{ action: "invoice.order_month", entity: "invoices", entityId: month, after: { month } }],
      jobs: [{ task: "issue_invoices", payload: { month }, key: `issue_invoices:${month}` }],
    }),
  );
}
