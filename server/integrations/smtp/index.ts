export { createSmtpChannel, type SmtpOptions } from "./client";
