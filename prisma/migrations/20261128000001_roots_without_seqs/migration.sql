-- Two questions were asked of this index, and every message paid for it. Both are answered by another one now.
DROP INDEX messages_conversation_id_seq_idx;

-- How many roots a conversation has up to p_seq: read positions are counted in roots. Roots are numbered without gaps
-- above the floor, and in the order of their seqs, so that it is found by halving, one look-up a step.
CREATE FUNCTION roots_up_to(p_conversation bigint, p_seq int) RETURNS int
LANGUAGE plpgsql STABLE AS $$
DECLARE
  low int;
  high int;
  middle int;
  root record;
BEGIN
  SELECT floor, roots INTO low, high FROM conversations WHERE id = p_conversation;
  WHILE low < high LOOP
    middle := low + (high - low + 1) / 2;
    SELECT seq, ordinal INTO root FROM messages
    WHERE conversation_id = p_conversation AND root_id IS NULL AND ordinal >= middle ORDER BY ordinal LIMIT 1;
    IF root.seq <= p_seq THEN
      low := root.ordinal;
    ELSE
      high := middle - 1;
    END IF;
  END LOOP;
  RETURN low;
END $$;
