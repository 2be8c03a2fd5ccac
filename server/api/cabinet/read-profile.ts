import { readAccount } from "@/server/domain/crm";
import { type NotifierContext, readChannelChoices } from "@/server/domain/notifications";
import { chooseAccount, readOwnAccounts } from "./own-accounts";

/** What was signed, by whom and for which address, and what one wants to be told of. */
export async function readProfile(ctx: NotifierContext, input: { accountId?: string | undefined }) {
  const { id } = chooseAccount(await readOwnAccounts(ctx), input.accountId);
  const [{ account, contract, customer, addressLine }, reminders] = await Promise.all([
    readAccount(ctx, id),
    readChannelChoices(ctx, id),
  ]);
  return {
    accountId: id,
    accountNumber: account.number,
    openedOn: account.openedOn,
    closedOn: account.closedOn,
    contractNumber: contract.number,
    signedOn: contract.signedOn,
    terminatedOn: contract.terminatedOn,
    customerName: customer.name,
    phone: customer.phone,
    email: customer.email,
    address: addressLine,
    reminders,
    now: ctx.now(),
  };
}
