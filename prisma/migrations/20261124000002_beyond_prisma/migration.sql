-- What Prisma's schema cannot say: closed sets, partial and expression indexes, partitions, the append-only
-- audit log and the one function that gives out numbers to new messages.

ALTER TABLE people
  ADD CONSTRAINT people_kind CHECK (kind IN ('person', 'bot')),
  ADD CONSTRAINT people_role CHECK (role IN ('owner', 'administrator', 'auditor', 'member')),
  ADD CONSTRAINT people_status CHECK (status IN ('active', 'invited', 'imported', 'deactivated'));
CREATE UNIQUE INDEX people_email_key ON people (lower(email)) WHERE email IS NOT NULL;
CREATE INDEX people_name_lower ON people (lower(name) text_pattern_ops);

ALTER TABLE conversations
  ADD CONSTRAINT conversations_kind CHECK (kind IN ('direct', 'group', 'private', 'public')),
  ADD CONSTRAINT conversations_named CHECK ((kind IN ('private', 'public')) = (name IS NOT NULL)),
  ADD CONSTRAINT conversations_counted CHECK (last_seq >= roots AND last_version >= last_seq AND floor <= roots),
  SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
CREATE UNIQUE INDEX conversations_name_key ON conversations (lower(name)) WHERE name IS NOT NULL;

ALTER TABLE memberships
  ADD CONSTRAINT memberships_role CHECK (role IN ('owner', 'member')),
  SET (fillfactor = 70);
CREATE INDEX memberships_here ON memberships (conversation_id) WHERE left_at IS NULL;

ALTER TABLE messages ADD CONSTRAINT messages_gone CHECK (gone IN ('deleted', 'expired'));
CREATE INDEX messages_roots ON messages (conversation_id, ordinal) WHERE root_id IS NULL;
CREATE INDEX messages_threads ON messages (conversation_id, root_id, ordinal) WHERE root_id IS NOT NULL;

-- There is one policy for the organisation (conversation_id is null there, which a unique key does not compare).
CREATE UNIQUE INDEX retention_policies_organisation ON retention_policies (scope) WHERE conversation_id IS NULL;

-- Month partitions through the id: (milliseconds since 2015-01-01) << 22.
-- Attached rather than created in place, so that the parent is never locked against writers.
CREATE FUNCTION ensure_message_partitions(p_from timestamptz, p_to timestamptz) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
  month date := date_trunc('month', greatest(p_from, timestamptz '2015-01-01 00:00:00+00') AT TIME ZONE 'UTC')::date;
  part text;
  low bigint;
  high bigint;
  made int := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('ensure_message_partitions'));
  WHILE month <= (p_to AT TIME ZONE 'UTC')::date LOOP
    part := 'messages_' || to_char(month, 'YYYYMM');
    IF to_regclass(part) IS NULL THEN
      low := (extract(epoch FROM month::timestamp) * 1000 - 1420070400000)::bigint << 22;
      high := (extract(epoch FROM (month + interval '1 month')::timestamp) * 1000 - 1420070400000)::bigint << 22;
      EXECUTE format('CREATE TABLE %I (LIKE messages INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part);
      EXECUTE format('ALTER TABLE %I SET (fillfactor = 90)', part);
      EXECUTE format('ALTER TABLE messages ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', part, low, high);
      made := made + 1;
    END IF;
    month := (month + interval '1 month')::date;
  END LOOP;
  RETURN made;
END $$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Sends a batch of messages: the group commit of docs/subsystems/message-path.md.
--
-- Every statement in here takes its own snapshot (READ COMMITTED, volatile function), so all that follows the
-- lock sees what earlier holders of the lock committed. That is what makes numbers gap-free, a retry find its
-- first result, and a removed member's message be refused.
--
-- Arrays run in parallel, one element a message. The caller sends no (conversation, sender, client) twice.
-- p_mentions, p_files: array literals such as '{1,2}'. p_published: outbox rows whose publishing is over.
-- Returns one row a message: status new | duplicate | absent (no such conversation for this sender, or no such
-- root) | archived | files.
CREATE FUNCTION send_messages(
  p_published bigint[],
  p_conversation bigint[], p_sender bigint[], p_client uuid[], p_id bigint[], p_root bigint[],
  p_text text[], p_mentions text[], p_files text[]
) RETURNS TABLE (
  o_ord int, o_status text, o_id bigint, o_seq int, o_version int, o_ordinal int, o_files jsonb, o_thread jsonb,
  o_outbox bigint
)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  reply record;
  root_row record;
  v_outbox bigint := nextval('outbox_id_seq');
BEGIN
  IF cardinality(p_published) > 0 THEN
    DELETE FROM outbox WHERE id = ANY (p_published);
  END IF;

  PERFORM 1 FROM conversations WHERE id = ANY (p_conversation) ORDER BY id FOR NO KEY UPDATE;

  RETURN QUERY
  WITH input AS MATERIALIZED (
    SELECT i.* FROM unnest(p_conversation, p_sender, p_client, p_id, p_root, p_text, p_mentions, p_files)
      WITH ORDINALITY AS i(conversation, sender, client, id, root, body, mentions, files, ord)
  ), judged AS MATERIALIZED (
    SELECT i.*, c.last_seq, c.last_version, c.roots, r.thread_replies,
      s.message_id AS sent_id, s.seq AS sent_seq, s.version AS sent_version, s.ordinal AS sent_ordinal,
      CASE
        WHEN s.message_id IS NOT NULL THEN 'duplicate'
        WHEN m.person_id IS NULL THEN 'absent'
        WHEN i.root IS NOT NULL AND r.id IS NULL THEN 'absent'
        WHEN c.archived_at IS NOT NULL THEN 'archived'
        WHEN i.files <> '{}' AND (
          SELECT count(*) FROM files f
          WHERE f.id = ANY (i.files::bigint[]) AND f.conversation_id = i.conversation AND f.uploader_id = i.sender
            AND f.message_id IS NULL AND f.state = 'stored'
        ) <> cardinality(i.files::bigint[]) THEN 'files'
        ELSE 'new'
      END AS status
    FROM input i
    LEFT JOIN conversations c ON c.id = i.conversation
    LEFT JOIN memberships m
      ON m.conversation_id = i.conversation AND m.person_id = i.sender AND m.left_at IS NULL
    LEFT JOIN sent_messages s
      ON s.conversation_id = i.conversation AND s.sender_id = i.sender AND s.client_id = i.client
    LEFT JOIN messages r
      ON i.root IS NOT NULL AND r.conversation_id = i.conversation AND r.id = i.root AND r.root_id IS NULL
        AND (r.gone IS NULL OR r.thread_replies > 0)
  ), numbered AS MATERIALIZED (
    SELECT j.ord, j.conversation, j.sender, j.client, j.id, j.root, j.body, j.mentions::bigint[] AS mentions, j.files,
      (j.last_seq + row_number() OVER in_conversation)::int AS seq,
      (j.last_version + row_number() OVER in_conversation)::int AS version,
      (CASE
        WHEN j.root IS NULL THEN j.roots + count(*) FILTER (WHERE j.root IS NULL) OVER in_conversation
        ELSE j.thread_replies + row_number() OVER (PARTITION BY j.conversation, j.root ORDER BY j.ord)
      END)::int AS ordinal
    FROM judged j WHERE j.status = 'new'
    WINDOW in_conversation AS (PARTITION BY j.conversation ORDER BY j.ord)
  ), cards AS MATERIALIZED (
    SELECT n.ord, jsonb_agg(jsonb_build_object(
      'id', f.id::text, 'name', f.name, 'type', f.type, 'size', f.size, 'width', f.width, 'height', f.height,
      'blur', f.blur, 'thumbnail', f.thumbnail_key IS NOT NULL) ORDER BY f.id) AS files
    FROM numbered n JOIN files f ON f.id = ANY (n.files::bigint[])
    WHERE n.files <> '{}' GROUP BY n.ord
  ), inserted AS (
    INSERT INTO messages (conversation_id, id, seq, version, ordinal, root_id, sender_id, client_id, text, mentions, files, thread_people)
    SELECT n.conversation, n.id, n.seq, n.version, n.ordinal, n.root, n.sender, n.client, n.body, n.mentions, k.files, '{}'
    FROM numbered n LEFT JOIN cards k ON k.ord = n.ord
  ), remembered AS (
    INSERT INTO sent_messages (conversation_id, sender_id, client_id, message_id, seq, version, ordinal)
    SELECT conversation, sender, client, id, seq, version, ordinal FROM numbered
  ), mentioned AS (
    INSERT INTO mentions (conversation_id, person_id, seq, message_id, sender_id)
    SELECT n.conversation, p, n.seq, n.id, n.sender FROM numbered n, unnest(n.mentions) AS p
  ), attached AS (
    UPDATE files f SET message_id = n.id FROM numbered n WHERE n.files <> '{}' AND f.id = ANY (n.files::bigint[])
  ), counted AS (
    UPDATE conversations c
    SET last_seq = c.last_seq + t.messages, last_version = c.last_version + t.messages, roots = c.roots + t.roots,
      -- the newest message's own time, from which clients derive the same
      last_at = greatest(c.last_at, to_timestamp(((t.newest >> 22) + 1420070400000) / 1000.0))
    FROM (
      SELECT conversation, count(*)::int AS messages, (count(*) FILTER (WHERE root IS NULL))::int AS roots, max(id) AS newest
      FROM numbered GROUP BY conversation
    ) t WHERE c.id = t.conversation
  ), read AS (
    -- Whoever posts has read up to there.
    UPDATE memberships m SET read_seq = t.seq, read_ordinal = t.ordinal
    FROM (
      SELECT conversation, sender, max(seq) AS seq, max(ordinal) AS ordinal
      FROM numbered WHERE root IS NULL GROUP BY conversation, sender
    ) t WHERE m.conversation_id = t.conversation AND m.person_id = t.sender
  ), boxed AS (
    INSERT INTO outbox (id, payload)
    SELECT v_outbox, json_build_object('changes', json_agg(json_build_array(conversation::text, first, last)))::text
    FROM (SELECT conversation, min(version) AS first, max(version) AS last FROM numbered GROUP BY conversation) t
    HAVING count(*) > 0
  )
  SELECT j.ord::int, j.status, coalesce(n.id, j.sent_id), coalesce(n.seq, j.sent_seq), coalesce(n.version, j.sent_version),
    coalesce(n.ordinal, j.sent_ordinal), k.files, NULL::jsonb, v_outbox
  FROM judged j LEFT JOIN numbered n ON n.ord = j.ord LEFT JOIN cards k ON k.ord = j.ord
  WHERE j.status <> 'new' OR j.root IS NULL
  -- Replies of this batch are returned below, together with their thread.
  ORDER BY j.ord;

  IF array_remove(p_root, NULL) = '{}' THEN
    RETURN;
  END IF;

  FOR reply IN
    SELECT i.ord, m.* FROM unnest(p_conversation, p_id, p_root) WITH ORDINALITY AS i(conversation, id, root, ord)
    JOIN messages m ON m.conversation_id = i.conversation AND m.id = i.id
    WHERE i.root IS NOT NULL ORDER BY i.ord
  LOOP
    UPDATE messages r SET
      version = reply.version,
      thread_replies = reply.ordinal,
      thread_last_at = to_timestamp(((reply.id >> 22) + 1420070400000) / 1000.0),
      thread_people = CASE
        WHEN reply.sender_id = ANY (r.thread_people) OR cardinality(r.thread_people) >= 5 THEN r.thread_people
        ELSE r.thread_people || reply.sender_id END
    WHERE r.conversation_id = reply.conversation_id AND r.id = reply.root_id
    RETURNING r.* INTO root_row;

    -- Who writes follows and has read it; the root's author and whom it mentions follow from here on.
    INSERT INTO thread_followers AS f (conversation_id, root_id, person_id, read_replies)
    VALUES (reply.conversation_id, reply.root_id, reply.sender_id, reply.ordinal)
    ON CONFLICT (conversation_id, root_id, person_id) DO UPDATE SET read_replies = excluded.read_replies, following = true;
    INSERT INTO thread_followers (conversation_id, root_id, person_id, read_replies)
    SELECT reply.conversation_id, reply.root_id, m.person_id, CASE WHEN m.person_id = root_row.sender_id THEN 0 ELSE reply.ordinal - 1 END
    FROM memberships m
    WHERE m.conversation_id = reply.conversation_id AND m.left_at IS NULL AND m.person_id <> reply.sender_id
      AND m.person_id = ANY (reply.mentions || root_row.sender_id)
    ORDER BY m.person_id
    ON CONFLICT DO NOTHING;

    o_ord := reply.ord; o_status := 'new'; o_id := reply.id; o_seq := reply.seq; o_version := reply.version;
    o_ordinal := reply.ordinal; o_files := reply.files; o_outbox := v_outbox;
    o_thread := jsonb_build_object('replies', root_row.thread_replies,
      'lastAt', (reply.id >> 22) + 1420070400000, 'people', to_jsonb(root_row.thread_people::text[]),
      'author', root_row.sender_id::text);
    RETURN NEXT;
  END LOOP;
END $$;

SELECT ensure_message_partitions(now() - interval '1 month', now() + interval '3 months');
