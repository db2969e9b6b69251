-- Retention removes the notifications of a message together with it.
-- CreateIndex
CREATE INDEX "notifications_conversation_id_message_id_idx" ON "notifications"("conversation_id", "message_id");
