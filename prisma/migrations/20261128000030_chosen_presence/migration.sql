CREATE TABLE "chosen_presence" (
    "person_id" BIGINT NOT NULL,
    "availability" TEXT NOT NULL DEFAULT 'automatic',
    "busy_until" TIMESTAMPTZ(3),
    "status_emoji" TEXT,
    "status_text" TEXT NOT NULL DEFAULT '',
    "status_until" TIMESTAMPTZ(3),
    "hides_last_active" BOOLEAN NOT NULL DEFAULT false,
    "person_version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "chosen_presence_pkey" PRIMARY KEY ("person_id")
);

ALTER TABLE "chosen_presence" ADD CONSTRAINT "chosen_presence_availability" CHECK ("availability" IN ('automatic', 'busy', 'invisible'));
ALTER TABLE "chosen_presence" ADD CONSTRAINT "chosen_presence_until" CHECK ("busy_until" IS NULL OR "availability" = 'busy');
