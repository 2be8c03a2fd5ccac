export type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The account that the address names, if it does: as input of the cabinet's procedures, which refuse what is not one. */
export function accountInput({ account }: Awaited<PageProps["searchParams"]>): { accountId?: string } {
  const [id] = [account].flat();
  return id === undefined ? {} : { accountId: id };
}

export function textOf(value: string | string[] | undefined): string | undefined {
  return [value].flat()[0];
}
