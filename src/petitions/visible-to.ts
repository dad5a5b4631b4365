/** Parameters $roots (units whose rows may be seen) and $subtree (whether what is below them, too); see AccessScope. */
export function visibleTo(roots: string, subtree: string): string {
  return `exists (
    select from unit_closure seen
    where seen.descendant_id = any (p.involved_unit_ids) and seen.ancestor_id = any (${roots}::uuid[]) and (${subtree}::boolean or seen.depth = 0)
  )`;
}
