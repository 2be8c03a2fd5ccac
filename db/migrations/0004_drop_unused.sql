DROP TABLE "command_keys" CASCADE;--> statement-breakpoint
ALTER TABLE "tariffs" DROP COLUMN "labels";