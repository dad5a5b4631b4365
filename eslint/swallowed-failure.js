/**
 * What fails while something is looked for – the database is away, a file cannot be read – does not mean that there is nothing. A `.catch` that does not
 * look at the failure and gives a value in its place, and a `catch` without its error around an `await`, tell every failure as one and the same
 * answer. `.catch(orNull)` (src/platform/problems/problem.ts) turns "not found" alone into null; where any failure really means the same, a comment says why.
 */
export const swallowedFailure = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      value: 'Every failure becomes this answer, also that the database is away. Use .catch(orNull), or look at the error.',
      block: 'Every failure of what is awaited ends here, also that the database is away. Look at the error.',
    },
  },
  create(context) {
    const keys = context.sourceCode.visitorKeys;
    const awaits = (node) => {
      if (node === null || typeof node !== 'object') return false;
      if (/^(?:AwaitExpression|ForOfStatement)$/.test(node.type) && (node.type === 'AwaitExpression' || node.await)) return true;
      if (/Function/.test(node.type)) return false;
      return (keys[node.type] ?? []).some((key) => [node[key]].flat().some(awaits));
    };
    /** Whether nobody takes what a call answers. */
    const isDropped = ({ parent }) => {
      if (parent.type === 'ExpressionStatement') return true;
      if (
        parent.type === 'AwaitExpression' ||
        parent.type === 'ChainExpression' ||
        (parent.type === 'UnaryExpression' && parent.operator === 'void')
      )
        return parent.type === 'UnaryExpression' || isDropped(parent);
      return false;
    };
    return {
      'CallExpression[callee.property.name="catch"]'(node) {
        const [handler] = node.arguments;
        if (handler && /Function/.test(handler.type) && handler.params.length === 0 && !isDropped(node))
          context.report({ node: handler, messageId: 'value' });
      },
      'CatchClause[param=null]'(node) {
        if (awaits(node.parent.block)) context.report({ node, messageId: 'block' });
      },
    };
  },
};
