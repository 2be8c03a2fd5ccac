import type { StatementReport } from "@/server/domain/bank";

/** As JSON carries it: sums are the text of their kopecks. */
type Sent<T> = T extends bigint ? string : T extends object ? { readonly [K in keyof T]: Sent<T[K]> } : T;
export type SentReport = Sent<StatementReport>;

export interface SentRefusal {
  readonly reason: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Sends a file as it is and answers what became of it; null when the server did not answer. */
export async function sendStatement(path: string, file: File): Promise<SentReport | SentRefusal | null> {
  try {
    const response = await fetch(`${path}?name=${encodeURIComponent(file.name)}`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: file,
    });
    const answer: { report?: SentReport; error?: Partial<SentRefusal> } = await response.json();
    if (answer.report) return answer.report;
    return { reason: answer.error?.reason ?? "unexpected", details: answer.error?.details ?? {} };
  } catch {
    return null;
  }
}
