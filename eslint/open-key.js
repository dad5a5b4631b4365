import ts from 'typescript';

/**
 * An object that is asked for a key from outside answers for `constructor`, `toString` and `__proto__`, too: what was not put in comes out
 * (CWE-1321). A key is either one of a closed list – its type says so – or is looked up with `own(record, key)` or in a `Map`.
 */
export const openKey = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      openKey: 'Any text can be this key, also "constructor". Use own(record, key) or a Map, or give the key a closed type.',
    },
  },
  create(context) {
    const services = context.sourceCode.parserServices;
    const checker = services.program.getTypeChecker();
    const typeOf = (node) => checker.getApparentType(services.getTypeAtLocation(node));

    /** Text that no type limits. A type parameter and `keyof` are limited by whoever gives them. */
    const isOpen = (node) => {
      const type = services.getTypeAtLocation(node);
      return (type.isUnion() ? type.types : [type]).some(({ flags }) => flags & (ts.TypeFlags.String | ts.TypeFlags.Any));
    };
    /** An own list of texts, an array or a string has no keys that are told from outside. */
    const isRecord = (node) => {
      const type = typeOf(node);
      return !checker.isArrayType(type) && !checker.isTupleType(type) && !(type.flags & ts.TypeFlags.StringLike);
    };
    return {
      MemberExpression(node) {
        if (node.computed && node.property.type !== 'Literal' && isOpen(node.property) && isRecord(node.object))
          context.report({ node, messageId: 'openKey' });
      },
      "BinaryExpression[operator='in']"(node) {
        if (node.left.type !== 'Literal' && node.left.type !== 'PrivateIdentifier' && isOpen(node.left))
          context.report({ node, messageId: 'openKey' });
      },
    };
  },
};
