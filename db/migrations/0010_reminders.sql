CREATE TABLE "channel_choices" (
	"customer_id" uuid NOT NULL,
	"event" text NOT NULL,
	"channel" text NOT NULL,
	"is_wanted" boolean NOT NULL,
	CONSTRAINT "channel_choices_customer_id_event_channel_pk" PRIMARY KEY("customer_id","event","channel")
);
--> statement-breakpoint
CREATE TABLE "dunning_exceptions" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"reason" text NOT NULL,
	"note" text,
	"from_on" date NOT NULL,
	"until_on" date NOT NULL,
	"ended_at" timestamp (6) with time zone,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dunning_exceptions_account_id_id_pk" PRIMARY KEY("account_id","id")
);
--> statement-breakpoint
CREATE TABLE "dunning_steps" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event" text NOT NULL,
	"offset_days" integer NOT NULL,
	"audience" text NOT NULL,
	"channel" text NOT NULL,
	"template_code" text NOT NULL,
	"is_on" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dunning_steps_one" UNIQUE("event","offset_days","audience","channel")
);
--> statement-breakpoint
CREATE TABLE "message_templates" (
	"code" text NOT NULL,
	"locale" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"short" text NOT NULL,
	CONSTRAINT "message_templates_code_locale_pk" PRIMARY KEY("code","locale")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"step_id" uuid NOT NULL,
	"event" text NOT NULL,
	"occasion_on" date NOT NULL,
	"channel" text NOT NULL,
	"template_code" text NOT NULL,
	"state" text NOT NULL,
	"planned_for" timestamp (6) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"reason" text,
	"carrier" text,
	"recipient" text,
	"subject" text,
	"body" text,
	"started_at" timestamp (6) with time zone,
	"finished_at" timestamp (6) with time zone,
	"balance_version" bigint NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "messages_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "messages_once" UNIQUE("account_id","step_id","occasion_on")
);
--> statement-breakpoint
ALTER TABLE "channel_choices" ADD CONSTRAINT "channel_choices_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dunning_exceptions" ADD CONSTRAINT "dunning_exceptions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_step_id_dunning_steps_id_fk" FOREIGN KEY ("step_id") REFERENCES "public"."dunning_steps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "dunning_exceptions_one_open" ON "dunning_exceptions" USING btree ("account_id") WHERE "dunning_exceptions"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "dunning_exceptions_open" ON "dunning_exceptions" USING btree ("until_on") WHERE "dunning_exceptions"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "messages_recent" ON "messages" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "messages_waiting" ON "messages" USING btree ("planned_for") WHERE "messages"."state" in ('planned', 'sending');--> statement-breakpoint
CREATE INDEX "messages_finished" ON "messages" USING btree ("finished_at");
--> statement-breakpoint
-- A choice, a step and an exception are changed and never taken away: messages and audit name them.
grant select, insert, update on dunning_steps, message_templates, dunning_exceptions, channel_choices, messages to uzel_app;
--> statement-breakpoint
-- A ladder to begin with. Every step is off: an operator reads it first, and nobody is written to by an upgrade.
insert into dunning_steps (id, event, offset_days, audience, channel, template_code) values
  (gen_random_uuid(), 'money_ends', -3, 'everyone', 'email', 'money_ends_before'),
  (gen_random_uuid(), 'money_ends', -1, 'person', 'sms', 'money_ends_before'),
  (gen_random_uuid(), 'money_ends', 0, 'everyone', 'email', 'money_ends_on'),
  (gen_random_uuid(), 'money_ends', 0, 'person', 'sms', 'money_ends_on'),
  (gen_random_uuid(), 'money_ends', 7, 'everyone', 'email', 'money_ends_after'),
  (gen_random_uuid(), 'payment_due', -5, 'everyone', 'email', 'payment_due_before'),
  (gen_random_uuid(), 'payment_due', 0, 'everyone', 'email', 'payment_due_on'),
  (gen_random_uuid(), 'payment_due', 3, 'everyone', 'email', 'payment_due_after'),
  (gen_random_uuid(), 'payment_due', 10, 'everyone', 'email', 'payment_due_after'),
  (gen_random_uuid(), 'payment_due', 10, 'person', 'sms', 'payment_due_after'),
  (gen_random_uuid(), 'trial_ends', -3, 'everyone', 'email', 'trial_ends_before'),
  (gen_random_uuid(), 'trial_ends', -1, 'person', 'sms', 'trial_ends_before');
--> statement-breakpoint
insert into message_templates (code, locale, subject, body, short) values
  ('money_ends_before', 'ru', 'Деньги на счёте {account} закончатся {day}',
   E'Здравствуйте!\n\nНа лицевом счёте {account} сейчас {balance}. {day} спишется {charge}, и до этой суммы не хватает {amount}.\n\nПополните счёт до {day}, и услуги не прервутся:\n{link}\n\nЕсли вы уже заплатили, отвечать на письмо не нужно.\n\n{operator}',
   'Л/с {account}: {day} спишется {charge}, не хватает {amount}. Пополнить: {link}'),
  ('money_ends_before', 'en', 'The money on account {account} ends on {day}',
   E'Hello,\n\nAccount {account} now holds {balance}. On {day} {charge} will be charged, and {amount} is missing.\n\nTop up before {day} and the service goes on without a break:\n{link}\n\nIf you have paid already, no answer is needed.\n\n{operator}',
   'Account {account}: {charge} on {day}, {amount} missing. Top up: {link}'),
  ('money_ends_on', 'ru', 'На счёте {account} закончились деньги',
   E'Здравствуйте!\n\nНа лицевом счёте {account} сейчас {balance}, а к списанию {charge}. Не хватает {amount}, поэтому услуги приостановлены.\n\nПосле пополнения они включатся сами:\n{link}\n\n{operator}',
   'Л/с {account}: услуги приостановлены, не хватает {amount}. Пополнить: {link}'),
  ('money_ends_on', 'en', 'Account {account} has run out of money',
   E'Hello,\n\nAccount {account} now holds {balance}, and {charge} is due. {amount} is missing, so the service is paused.\n\nIt comes back by itself after a top-up:\n{link}\n\n{operator}',
   'Account {account}: service paused, {amount} missing. Top up: {link}'),
  ('money_ends_after', 'ru', 'Услуги по счёту {account} приостановлены с {day}',
   E'Здравствуйте!\n\nС {day} услуги по лицевому счёту {account} приостановлены. Чтобы включить их сегодня, не хватает {amount}.\n\nПлата берётся только за оставшиеся дни месяца, долг за время паузы не копится:\n{link}\n\nЕсли услуги больше не нужны, сообщите нам, и мы закроем договор.\n\n{operator}',
   'Л/с {account}: услуги приостановлены с {day}. Включить: {amount}, {link}'),
  ('money_ends_after', 'en', 'Service on account {account} has been paused since {day}',
   E'Hello,\n\nThe service on account {account} has been paused since {day}. To have it back today, {amount} is missing.\n\nOnly the days left in the month are charged, and no debt grows meanwhile:\n{link}\n\nIf you no longer need the service, tell us and we will close the contract.\n\n{operator}',
   'Account {account}: service paused since {day}. Back for {amount}: {link}'),
  ('payment_due_before', 'ru', 'Срок оплаты по счёту {account} — {day}',
   E'Здравствуйте!\n\nДо {day} нужно оплатить {amount} по лицевому счёту {account}.\n\nОплатить:\n{link}\n\nЕсли платёж уже отправлен, отвечать на письмо не нужно.\n\n{operator}',
   'Л/с {account}: до {day} нужно оплатить {amount}. {link}'),
  ('payment_due_before', 'en', 'Payment on account {account} is due on {day}',
   E'Hello,\n\n{amount} on account {account} is due by {day}.\n\nPay:\n{link}\n\nIf the payment is on its way, no answer is needed.\n\n{operator}',
   'Account {account}: {amount} is due by {day}. {link}'),
  ('payment_due_on', 'ru', 'Сегодня срок оплаты по счёту {account}',
   E'Здравствуйте!\n\nСегодня, {day}, срок оплаты {amount} по лицевому счёту {account}.\n\nОплатить:\n{link}\n\n{operator}',
   'Л/с {account}: сегодня срок оплаты {amount}. {link}'),
  ('payment_due_on', 'en', 'Payment on account {account} is due today',
   E'Hello,\n\n{amount} on account {account} is due today, {day}.\n\nPay:\n{link}\n\n{operator}',
   'Account {account}: {amount} is due today. {link}'),
  ('payment_due_after', 'ru', 'Просрочена оплата по счёту {account}',
   E'Здравствуйте!\n\nСрок оплаты по лицевому счёту {account} прошёл {day}, не оплачено {amount}. Если не оплатить, услуги будут приостановлены.\n\nОплатить:\n{link}\n\nЕсли вы не согласны с суммой, ответьте на это письмо.\n\n{operator}',
   'Л/с {account}: с {day} просрочено {amount}. Оплатить: {link}'),
  ('payment_due_after', 'en', 'Payment on account {account} is overdue',
   E'Hello,\n\nPayment on account {account} was due on {day}; {amount} is unpaid. Without payment the service will be paused.\n\nPay:\n{link}\n\nIf you disagree with the sum, answer this letter.\n\n{operator}',
   'Account {account}: {amount} overdue since {day}. Pay: {link}'),
  ('trial_ends_before', 'ru', 'Пробный период {tariff} заканчивается {day}',
   E'Здравствуйте!\n\nС {day} {tariff} на лицевом счёте {account} становится платным: {amount} за период.\n\nЕсли он не нужен, отключите его до этого дня в личном кабинете или позвоните нам, и ничего не спишется.\n\n{operator}',
   'Л/с {account}: с {day} {tariff} платный, {amount}. Отключить можно до этого дня.'),
  ('trial_ends_before', 'en', 'The trial of {tariff} ends on {day}',
   E'Hello,\n\nFrom {day} {tariff} on account {account} is no longer free: {amount} a period.\n\nIf you do not need it, switch it off before that day in your cabinet or call us, and nothing will be charged.\n\n{operator}',
   'Account {account}: from {day} {tariff} costs {amount}. Switch it off before that day if not needed.');
