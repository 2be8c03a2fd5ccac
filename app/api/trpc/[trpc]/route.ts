import { handleTrpc } from "@/server/api/adapter";

const handle = (request: Request) => handleTrpc(request);

export { handle as GET, handle as POST };
