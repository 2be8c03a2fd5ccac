import { handleTerminal } from "@/server/api/terminal-door";

type Params = { params: Promise<{ protocol: string }> };

const handle = async (request: Request, { params }: Params) => handleTerminal(request, (await params).protocol);

export const GET = handle;
export const POST = handle;
