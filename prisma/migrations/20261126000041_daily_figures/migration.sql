-- What a day that is over came to, so that the overview reads thirty rows and not thirty days of messages.
-- CreateTable
CREATE TABLE "daily_figures" (
    "day" DATE NOT NULL,
    "messages" INTEGER NOT NULL,
    "writers" INTEGER NOT NULL,

    CONSTRAINT "daily_figures_pkey" PRIMARY KEY ("day")
);
