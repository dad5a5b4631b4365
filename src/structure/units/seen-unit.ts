/** The condition that a unit is in the caller's scope, for rows that are a unit's own; values: roots, subtree (`AccessScope.visible`). */
export function seenUnit(column: string, roots: string, subtree: string): string {
  return `exists (select from unit_closure seen where seen.descendant_id = ${column} and seen.ancestor_id = any (${roots}::uuid[])
    and (${subtree}::boolean or seen.depth = 0))`;
}
