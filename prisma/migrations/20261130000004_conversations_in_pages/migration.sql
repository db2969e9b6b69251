-- The same function as before, which answers in pages whoever is a member of a great many: of the conversations behind
-- p_after (one element a person asked), at most p_each of each, by their ids; null for as many as there are. Unread
-- mentions of oneself and of everybody are read from their newest end, not all that there are. That of the version before
-- stays for as long as processes of that version may call it.
CREATE FUNCTION conversations_of(p_people bigint[], p_only text[], p_after bigint[], p_each int, p_most int)
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
  v_after bigint;
  v_rows int;
  v_all int := 0;
BEGIN
  FOR i IN 1 .. cardinality(p_people) LOOP
    v_person := p_people[i];
    v_only := p_only[i]::bigint[];
    v_after := p_after[i];
    RETURN QUERY
    SELECT i, s.last_version, p.person_version, m.person_version,
      c.id, c.kind, c.name, c.topic, c.purpose, c.archived_at IS NOT NULL, c.created_at::timestamptz, c.created_by,
      c.last_version, c.last_seq, c.roots, c.floor, c.last_at::timestamptz, c.member_count, c.people,
      m.role, m.read_seq, m.read_ordinal, m.muted, m.favourite,
      CASE WHEN m.read_seq < c.last_seq THEN ARRAY(
        SELECT newest.seq FROM (
          (
            SELECT x.seq FROM mentions x
            WHERE x.conversation_id = c.id AND x.person_id = v_person AND x.seq > m.read_seq AND x.sender_id <> v_person
            ORDER BY x.seq DESC LIMIT 100
          )
          UNION
          (
            SELECT x.seq FROM mentions x
            WHERE x.conversation_id = c.id AND x.person_id = 0 AND x.seq > m.read_seq AND x.sender_id <> v_person
            ORDER BY x.seq DESC LIMIT 100
          )
          ORDER BY seq DESC LIMIT 100
        ) newest ORDER BY newest.seq
      ) ELSE '{}' END
    FROM (SELECT v_person AS id) me
    LEFT JOIN person_state s ON s.person_id = me.id
    LEFT JOIN chosen_presence p ON p.person_id = me.id
    LEFT JOIN (
      (
        (
          SELECT * FROM memberships
          WHERE v_only IS NULL AND person_id = v_person AND conversation_id > v_after AND left_at IS NULL
          ORDER BY conversation_id LIMIT p_each
        )
        UNION ALL
        SELECT * FROM memberships WHERE person_id = v_person AND conversation_id = ANY (v_only) AND left_at IS NULL
      ) m JOIN conversations c ON c.id = m.conversation_id
    ) ON true
    ORDER BY c.id;
    GET DIAGNOSTICS v_rows = ROW_COUNT;
    v_all := v_all + v_rows;
    EXIT WHEN v_all >= p_most;
  END LOOP;
END $$;
