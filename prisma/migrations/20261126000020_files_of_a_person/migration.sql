-- How much of the store a person's files take is asked before each upload.
-- CreateIndex
CREATE INDEX "files_uploader_id_idx" ON "files"("uploader_id");

-- What still waits to be told to a person goes into one mail.
CREATE INDEX "notifications_waiting" ON "notifications" ("person_id") WHERE state = 'waiting';
