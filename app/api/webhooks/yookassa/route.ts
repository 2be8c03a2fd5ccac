import { handleYookassaWebhook } from "@/server/api/yookassa-webhook";

export const POST = (request: Request) => handleYookassaWebhook(request);
