-- Whichever of these a plan chooses, a membership is found by both of its keys.
DROP INDEX memberships_person_id_idx;
CREATE INDEX memberships_person_id_conversation_id_idx ON memberships (person_id, conversation_id);
DROP INDEX memberships_here;
CREATE INDEX memberships_here ON memberships (conversation_id, person_id) WHERE left_at IS NULL;

-- Sends a batch of messages: the group commit of docs/subsystems/message-path.md.
--
-- Every statement in here takes its own snapshot (READ COMMITTED, volatile function), so all that follows the
-- lock sees what earlier holders of the lock committed. That is what makes numbers gap-free, a retry find its
-- first result, and a removed member's message be refused.
--
-- Planned once a connection (planning anew took longer than the work), and for whatever the tables will hold: a plan
-- made while a table was empty would otherwise scan it from end to end when it is full. Hence small statements that
-- find every row by its key, with what the one finds handed to the next in arrays; LIMIT 1 keeps such a look-up a
-- look-up.
--
-- Arrays run in parallel, one element a message. The caller sends no (conversation, sender, client) and no file twice.
-- p_mentions, p_files: array literals such as '{1,2}'. p_published: outbox rows whose publishing is over.
-- Returns one row a message: status new | duplicate | absent (no such conversation for this sender, or no such
-- root) | archived | files.
CREATE OR REPLACE FUNCTION send_messages(
  p_published bigint[],
  p_conversation bigint[], p_sender bigint[], p_client uuid[], p_id bigint[], p_root bigint[],
  p_text text[], p_mentions text[], p_files text[]
) RETURNS TABLE (
  o_ord int, o_status text, o_id bigint, o_seq int, o_version int, o_ordinal int, o_files jsonb, o_thread jsonb,
  o_outbox bigint
)
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET enable_material = off
SET jit = off
AS $$
#variable_conflict use_column
DECLARE
  some_reply boolean := array_remove(p_root, NULL) <> '{}';
  some_file boolean := NOT '{}' = ALL (p_files);
  some_mention boolean := NOT '{}' = ALL (p_mentions);
  -- One element a message: replies that its root has so far, cards of its files; null where there are no such.
  replies_so_far int[];
  cards jsonb[];
  statuses text[];
  ids bigint[];
  seqs int[];
  versions int[];
  ordinals int[];
  reply record;
  root_row record;
  v_outbox bigint := nextval('outbox_id_seq');
BEGIN
  IF cardinality(p_published) > 0 THEN
    DELETE FROM outbox WHERE id = ANY (p_published);
  END IF;

  PERFORM 1 FROM conversations WHERE id = ANY (p_conversation) ORDER BY id FOR NO KEY UPDATE;

  IF some_reply THEN
    SELECT array_agg(thread_replies) INTO replies_so_far FROM (
      SELECT r.thread_replies FROM unnest(p_conversation, p_root) WITH ORDINALITY AS i(conversation, root, ord)
      LEFT JOIN LATERAL (
        SELECT thread_replies FROM messages
        WHERE conversation_id = i.conversation AND id = i.root AND root_id IS NULL AND (gone IS NULL OR thread_replies > 0)
        LIMIT 1
      ) r ON true
      ORDER BY i.ord
    ) found;
  END IF;

  IF some_file THEN
    SELECT array_agg(card) INTO cards FROM (
      SELECT CASE WHEN f.found = cardinality(i.files::bigint[]) THEN f.card END AS card
      FROM unnest(p_conversation, p_sender, p_files) WITH ORDINALITY AS i(conversation, sender, files, ord)
      CROSS JOIN LATERAL (
        SELECT count(*) AS found, jsonb_agg(jsonb_build_object(
          'id', id::text, 'name', name, 'type', type, 'size', size, 'width', width, 'height', height,
          'blur', blur, 'thumbnail', thumbnail_key IS NOT NULL) ORDER BY id) AS card
        FROM files
        WHERE id = ANY (i.files::bigint[]) AND conversation_id = i.conversation AND uploader_id = i.sender
          AND message_id IS NULL AND state = 'stored'
      ) f
      ORDER BY i.ord
    ) found;
  END IF;

  SELECT array_agg(status), array_agg(id), array_agg(seq), array_agg(version), array_agg(ordinal)
  INTO statuses, ids, seqs, versions, ordinals FROM (
    SELECT ord, status,
      coalesce(sent_id, id) AS id,
      coalesce(sent_seq, last_seq + nth)::int AS seq,
      coalesce(sent_version, last_version + nth)::int AS version,
      coalesce(sent_ordinal, CASE WHEN root IS NULL THEN roots + nth_root
        ELSE replies + count(*) FILTER (WHERE status = 'new') OVER (PARTITION BY conversation, root ORDER BY ord) END
      )::int AS ordinal
    FROM (
      SELECT *, count(*) FILTER (WHERE status = 'new') OVER here AS nth,
        count(*) FILTER (WHERE status = 'new' AND root IS NULL) OVER here AS nth_root
      FROM (
        SELECT i.ord, i.conversation, i.id, i.root, i.replies, c.last_seq, c.last_version, c.roots,
          s.message_id AS sent_id, s.seq AS sent_seq, s.version AS sent_version, s.ordinal AS sent_ordinal,
          CASE
            WHEN s.message_id IS NOT NULL THEN 'duplicate'
            WHEN m.person_id IS NULL THEN 'absent'
            WHEN i.root IS NOT NULL AND i.replies IS NULL THEN 'absent'
            WHEN c.archived_at IS NOT NULL THEN 'archived'
            WHEN i.files <> '{}' AND i.card IS NULL THEN 'files'
            ELSE 'new'
          END AS status
        FROM unnest(p_conversation, p_sender, p_client, p_id, p_root, p_files, replies_so_far, cards)
          WITH ORDINALITY AS i(conversation, sender, client, id, root, files, replies, card, ord)
        LEFT JOIN conversations c ON c.id = i.conversation
        LEFT JOIN memberships m
          ON m.conversation_id = i.conversation AND m.person_id = i.sender AND m.left_at IS NULL
        LEFT JOIN LATERAL (
          SELECT message_id, seq, version, ordinal FROM sent_messages
          WHERE conversation_id = i.conversation AND sender_id = i.sender AND client_id = i.client
          LIMIT 1
        ) s ON true
      ) judged
      WINDOW here AS (PARTITION BY conversation ORDER BY ord)
    ) counted
    ORDER BY ord
  ) numbered;

  INSERT INTO messages (conversation_id, id, seq, version, ordinal, root_id, sender_id, client_id, text, mentions, files, thread_people)
  SELECT conversation, id, seq, version, ordinal, root, sender, client, body, mentions::bigint[], card, '{}'
  FROM unnest(p_conversation, p_id, seqs, versions, ordinals, p_root, p_sender, p_client, p_text, p_mentions, cards, statuses)
    AS n(conversation, id, seq, version, ordinal, root, sender, client, body, mentions, card, status)
  WHERE status = 'new';

  INSERT INTO sent_messages (conversation_id, sender_id, client_id, message_id, seq, version, ordinal)
  SELECT conversation, sender, client, id, seq, version, ordinal
  FROM unnest(p_conversation, p_sender, p_client, p_id, seqs, versions, ordinals, statuses)
    AS n(conversation, sender, client, id, seq, version, ordinal, status)
  WHERE status = 'new';

  UPDATE conversations c
  SET last_seq = c.last_seq + t.messages, last_version = c.last_version + t.messages, roots = c.roots + t.roots,
    -- the newest message's own time, from which clients derive the same
    last_at = greatest(c.last_at, to_timestamp(((t.newest >> 22) + 1420070400000) / 1000.0))
  FROM (
    SELECT conversation, count(*)::int AS messages, (count(*) FILTER (WHERE root IS NULL))::int AS roots, max(id) AS newest
    FROM unnest(p_conversation, p_id, p_root, statuses) AS n(conversation, id, root, status)
    WHERE status = 'new' GROUP BY conversation
  ) t WHERE c.id = t.conversation;

  -- Whoever posts has read up to there.
  UPDATE memberships m SET read_seq = t.seq, read_ordinal = t.ordinal
  FROM (
    SELECT conversation, sender, max(seq) AS seq, max(ordinal) AS ordinal
    FROM unnest(p_conversation, p_sender, p_root, seqs, ordinals, statuses) AS n(conversation, sender, root, seq, ordinal, status)
    WHERE status = 'new' AND root IS NULL GROUP BY conversation, sender
  ) t WHERE m.conversation_id = t.conversation AND m.person_id = t.sender;

  INSERT INTO outbox (id, payload)
  SELECT v_outbox, json_build_object('changes', json_agg(json_build_array(conversation::text, first, last)))::text
  FROM (
    SELECT conversation, min(version) AS first, max(version) AS last
    FROM unnest(p_conversation, versions, statuses) AS n(conversation, version, status)
    WHERE status = 'new' GROUP BY conversation
  ) t
  HAVING count(*) > 0;

  IF some_mention THEN
    INSERT INTO mentions (conversation_id, person_id, seq, message_id, sender_id)
    SELECT conversation, person, seq, id, sender
    FROM unnest(p_conversation, p_sender, p_id, seqs, p_mentions, statuses)
      AS n(conversation, sender, id, seq, mentions, status), unnest(mentions::bigint[]) AS person
    WHERE status = 'new';
  END IF;

  IF some_file THEN
    UPDATE files SET message_id = n.id
    FROM unnest(p_id, p_files, statuses) AS n(id, files, status), unnest(n.files::bigint[]) AS file
    WHERE n.status = 'new' AND files.id = file;
  END IF;

  RETURN QUERY
  SELECT ord::int, status, id, seq, version, ordinal, card, NULL::jsonb, v_outbox
  FROM unnest(statuses, ids, seqs, versions, ordinals, cards, p_root)
    WITH ORDINALITY AS n(status, id, seq, version, ordinal, card, root, ord)
  -- Replies of this batch are returned below, together with their thread.
  WHERE status <> 'new' OR root IS NULL;

  IF NOT some_reply THEN
    RETURN;
  END IF;

  FOR reply IN
    SELECT *, coalesce(mentions::bigint[], '{}') AS mentioned
    FROM unnest(statuses, p_conversation, p_id, p_root, p_sender, seqs, versions, ordinals, p_mentions, cards)
      WITH ORDINALITY AS n(status, conversation, id, root, sender, seq, version, ordinal, mentions, card, ord)
    WHERE status = 'new' AND root IS NOT NULL ORDER BY ord
  LOOP
    UPDATE messages r SET
      version = reply.version,
      thread_replies = reply.ordinal,
      thread_last_at = to_timestamp(((reply.id >> 22) + 1420070400000) / 1000.0),
      thread_people = CASE
        WHEN reply.sender = ANY (r.thread_people) OR cardinality(r.thread_people) >= 5 THEN r.thread_people
        ELSE r.thread_people || reply.sender END
    WHERE r.conversation_id = reply.conversation AND r.id = reply.root
    RETURNING r.* INTO root_row;

    -- Who writes follows and has read it; the root's author and whom it mentions follow from here on.
    INSERT INTO thread_followers AS f (conversation_id, root_id, person_id, read_replies)
    VALUES (reply.conversation, reply.root, reply.sender, reply.ordinal)
    ON CONFLICT (conversation_id, root_id, person_id) DO UPDATE SET read_replies = excluded.read_replies, following = true;
    INSERT INTO thread_followers (conversation_id, root_id, person_id, read_replies)
    SELECT reply.conversation, reply.root, m.person_id, CASE WHEN m.person_id = root_row.sender_id THEN 0 ELSE reply.ordinal - 1 END
    FROM memberships m
    WHERE m.conversation_id = reply.conversation AND m.left_at IS NULL AND m.person_id <> reply.sender
      AND m.person_id = ANY (reply.mentioned || root_row.sender_id)
    ORDER BY m.person_id
    ON CONFLICT DO NOTHING;

    o_ord := reply.ord; o_status := 'new'; o_id := reply.id; o_seq := reply.seq; o_version := reply.version;
    o_ordinal := reply.ordinal; o_files := reply.card; o_outbox := v_outbox;
    o_thread := jsonb_build_object('replies', root_row.thread_replies,
      'lastAt', (reply.id >> 22) + 1420070400000, 'people', to_jsonb(root_row.thread_people::text[]),
      'author', root_row.sender_id::text);
    RETURN NEXT;
  END LOOP;
END $$;
