import { takeStatementResponse } from "@/server/api/bank/take-statement-response";

export const POST = (request: Request) => takeStatementResponse(request);
