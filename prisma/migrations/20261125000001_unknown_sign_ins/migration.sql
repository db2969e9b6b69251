-- CreateTable
CREATE TABLE "unknown_sign_ins" (
    "email_hash" BYTEA NOT NULL,
    "failed_attempts" INTEGER NOT NULL,
    "locked_until" TIMESTAMPTZ(3),
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "unknown_sign_ins_pkey" PRIMARY KEY ("email_hash")
);

-- CreateIndex
CREATE INDEX "unknown_sign_ins_last_at_idx" ON "unknown_sign_ins"("last_at");
