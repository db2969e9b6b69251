-- Channels that whoever becomes a member of the organisation joins at once.
ALTER TABLE "conversations" ADD COLUMN     "for_everyone" BOOLEAN NOT NULL DEFAULT false;

UPDATE "conversations" SET "for_everyone" = true WHERE "kind" = 'public' AND lower("name") = 'general' AND "archived_at" IS NULL;
