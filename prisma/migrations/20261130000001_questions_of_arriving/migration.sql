-- What is asked for everybody who arrives. Planned once a connection, since planning took longer than answering, and for
-- whatever the tables will hold: a plan made while a table was empty would otherwise scan it from end to end when it is
-- full. Several people a call, and one alone costs no more than before.

-- Those of the sessions that are neither over nor revoked and whose person is active, with who that is by now.
CREATE FUNCTION standing_sessions(p_sessions bigint[])
RETURNS TABLE (session bigint, name text, role text)
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET enable_material = off
SET jit = off
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT s.id, p.name, p.role FROM sessions s JOIN people p ON p.id = s.person_id
  WHERE s.id = ANY (p_sessions) AND s.revoked_at IS NULL AND s.expires_at > now() AND p.status = 'active';
END $$;

-- Where each of the people stands: their personal version, what they are a member of at that version, and the last
-- version of each of these.
CREATE FUNCTION memberships_of(p_people bigint[])
RETURNS TABLE (person bigint, version int, conversations bigint[], versions int[])
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET enable_material = off
SET jit = off
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT asked.id, coalesce(s.last_version, 0), coalesce(there.conversations, '{}'), coalesce(there.versions, '{}')
  FROM unnest(p_people) AS asked(id)
  LEFT JOIN person_state s ON s.person_id = asked.id
  CROSS JOIN LATERAL (
    SELECT array_agg(c.id) AS conversations, array_agg(c.last_version) AS versions
    FROM memberships m JOIN conversations c ON c.id = m.conversation_id
    WHERE m.person_id = asked.id AND m.left_at IS NULL
  ) there;
END $$;

-- What concerns each of the people at this moment: how far their own changes go, with which of them they last chose
-- something of their presence, and what they are a member of. Arrays run in parallel. p_only: an array literal such as
-- '{1,2}' of conversations that alone are asked about; null for all. Several rows for one asked, by its place; without
-- a conversation where there is none. Answers the first ones until there are p_most rows: the others are to be asked
-- again, so that no answer grows with how many ask.
CREATE FUNCTION conversations_of(p_people bigint[], p_only text[], p_most int)
RETURNS TABLE (
  asked int, own_version int, chosen_version int, person_version int,
  id bigint, kind text, name text, topic text, purpose text, archived boolean, created_at timestamptz, created_by bigint,
  last_version int, last_seq int, roots int, floor int, last_at timestamptz, member_count int, people bigint[],
  role text, read_seq int, read_ordinal int, muted boolean, favourite boolean, mention_seqs int[]
)
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET enable_material = off
SET jit = off
AS $$
#variable_conflict use_column
DECLARE
  v_person bigint;
  v_only bigint[];
  v_rows int;
  v_all int := 0;
BEGIN
  FOR i IN 1 .. cardinality(p_people) LOOP
    v_person := p_people[i];
    v_only := p_only[i]::bigint[];
    RETURN QUERY
    SELECT i, s.last_version, p.person_version, m.person_version,
      c.id, c.kind, c.name, c.topic, c.purpose, c.archived_at IS NOT NULL, c.created_at::timestamptz, c.created_by,
      c.last_version, c.last_seq, c.roots, c.floor, c.last_at::timestamptz, c.member_count, c.people,
      m.role, m.read_seq, m.read_ordinal, m.muted, m.favourite,
      CASE WHEN m.read_seq < c.last_seq THEN ARRAY(
        SELECT newest.seq FROM (
          SELECT DISTINCT x.seq FROM mentions x
          WHERE x.conversation_id = c.id AND x.person_id IN (v_person, 0) AND x.seq > m.read_seq AND x.sender_id <> v_person
          ORDER BY x.seq DESC LIMIT 100
        ) newest ORDER BY newest.seq
      ) ELSE '{}' END
    FROM (SELECT v_person AS id) me
    LEFT JOIN person_state s ON s.person_id = me.id
    LEFT JOIN chosen_presence p ON p.person_id = me.id
    LEFT JOIN (
      (
        SELECT * FROM memberships WHERE v_only IS NULL AND person_id = v_person AND left_at IS NULL
        UNION ALL
        SELECT * FROM memberships WHERE person_id = v_person AND conversation_id = ANY (v_only) AND left_at IS NULL
      ) m JOIN conversations c ON c.id = m.conversation_id
    ) ON true;
    GET DIAGNOSTICS v_rows = ROW_COUNT;
    v_all := v_all + v_rows;
    EXIT WHEN v_all >= p_most;
  END LOOP;
END $$;

-- Threads that each of the people follows, the newest first, at most p_each of each: in the conversations (an array
-- literal; null for all that they are a member of), or changed for them after a personal version. A row without a
-- thread comes last and says how many were answered: the first ones until there are p_most.
CREATE FUNCTION followed_threads(p_people bigint[], p_conversations text[], p_after int[], p_each int, p_most int)
RETURNS TABLE (asked int, conversation bigint, root bigint, replies int, read int, last_at timestamptz)
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET enable_material = off
SET jit = off
AS $$
#variable_conflict use_column
DECLARE
  v_person bigint;
  v_after int;
  v_conversations bigint[];
  -- Of one person, one element a thread.
  v_in bigint[];
  v_roots bigint[];
  v_read int[];
  v_rows int;
  v_all int := 0;
  v_answered int := 0;
BEGIN
  FOR i IN 1 .. cardinality(p_people) LOOP
    v_person := p_people[i];
    v_after := p_after[i];
    v_conversations := p_conversations[i]::bigint[];
    SELECT array_agg(f.conversation_id), array_agg(f.root_id), array_agg(f.read_replies) INTO v_in, v_roots, v_read
    FROM thread_followers f
    JOIN memberships s ON s.conversation_id = f.conversation_id AND s.person_id = f.person_id AND s.left_at IS NULL
    WHERE f.person_id = v_person AND f.following
      AND (v_conversations IS NULL OR f.conversation_id = ANY (v_conversations) OR f.person_version > v_after);
    -- messages have a table a month: not opened for whoever follows nothing
    IF v_roots IS NOT NULL THEN
      RETURN QUERY
      SELECT i, m.conversation_id, m.id, m.thread_replies, f.read, m.thread_last_at::timestamptz
      FROM unnest(v_in, v_roots, v_read) AS f(conversation, root, read)
      JOIN messages m ON m.conversation_id = f.conversation AND m.id = f.root
      WHERE m.thread_replies > 0
      ORDER BY m.thread_last_at DESC LIMIT p_each;
      GET DIAGNOSTICS v_rows = ROW_COUNT;
      v_all := v_all + v_rows;
    END IF;
    v_answered := i;
    EXIT WHEN v_all >= p_most;
  END LOOP;
  RETURN QUERY SELECT v_answered, NULL::bigint, NULL::bigint, NULL::int, NULL::int, NULL::timestamptz;
END $$;
