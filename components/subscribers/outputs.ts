import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/api/root";

type Outputs = inferRouterOutputs<AppRouter>;

/** What the procedures of this module answer. */
export type Answers = Outputs["subscribers"];
export type ListedAccount = Answers["list"]["accounts"][number];
export type Profile = Answers["profile"];
export type MoneyFacts = Answers["money"];
export type PaymentTermsFacts = Answers["paymentTerms"];
export type ServiceFacts = Answers["services"][number];
export type SubscriptionFacts = Answers["subscriptions"][number];
export type PaymentFacts = Answers["payments"][number];
export type ChargeFacts = Answers["charges"][number];
export type PromisedFacts = Outputs["credit"]["promised"];
export type LimitFacts = Outputs["credit"]["limits"][number];
export type SuspensionFacts = Answers["suspension"];
export type BlockFacts = Answers["blocks"][number];
export type DiscountFacts = Answers["discounts"][number];
export type EventFacts = Answers["events"][number];
export type TariffName = Answers["tariffs"][number];
export type AuditFacts = Answers["audit"][number];
export type AdjustmentFacts = Answers["adjustments"][number];
export type CorrectionFacts = Answers["corrections"][number];
export type DocumentFacts = Answers["documents"];
