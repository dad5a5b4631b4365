import ts from 'typescript';

const namesOfDays = /(On|Day|Until|Date|From|ValidTo|_from|_on|_to)$|^(day|date|from|to|first|last|earliest|now|on|next|validTo|since\d*)$/;
const isCode = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

/**
 * What users read in Vietnamese has days as they are written there, and names instead of codes: in a text under `vi`, or with letters of Vietnamese, a day goes through `asWritten`, and
 * what is one of a closed list of codes – its type says so – through the names of that list.
 */
export const vietnameseWords = {
  meta: {
    type: 'problem',
    fixable: 'code',
    schema: [],
    messages: {
      day: 'A day in a Vietnamese text is written with asWritten(…).',
      code: 'A code of a closed list stands in a Vietnamese text: give it its Vietnamese name.',
    },
  },
  create(context) {
    const services = context.sourceCode.parserServices;
    const checker = services.program.getTypeChecker();
    const typeOf = (node) => services.getTypeAtLocation(node);

    const isClosed = (type) => {
      const types = (type.isUnion() ? type.types : [type]).filter(({ flags }) => !(flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)));
      return types.length > 1 && types.every((one) => one.isStringLiteral() && isCode.test(one.value));
    };
    /** A list of codes that is joined to a text. */
    const elementOf = (node) =>
      node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && node.callee.property.name === 'join'
        ? checker.getIndexTypeOfType(checker.getApparentType(typeOf(node.callee.object)), ts.IndexKind.Number)
        : undefined;
    const nameOf = (node) => {
      if (node.type === 'TSNonNullExpression') return nameOf(node.expression);
      if (node.type === 'MemberExpression' && !node.computed) return node.property.name;
      if (node.type === 'CallExpression') {
        const called = nameOf(node.callee);
        return /^(today|plusDays|sameOrNextWorkingDay|addWorkingDays|lastDay|publishBy)$/.test(called) ? 'day' : '';
      }
      return node.type === 'Identifier' ? node.name : '';
    };
    /** Letters that no other language of the product has. */
    const vietnameseLetters = /[ăâđêôơư\u1ea0-\u1ef9]/i;
    /** Without the numbers of decrees. */
    const textOf = ({ quasis }) =>
      quasis
        .map(({ value }) => value.raw)
        .join(' ')
        .replaceAll(/(NĐ|QĐ)-\w+/g, '');
    const isVietnamese = (node) => {
      const isEnglish = node.parent?.type === 'Property' && node.parent.key.name === 'en';
      if (node.type === 'TemplateLiteral' && !isEnglish && vietnameseLetters.test(textOf(node))) return true;
      for (let at = node; at.parent; at = at.parent) {
        if (at.parent.type === 'TemplateLiteral' || at.parent.type === 'ConditionalExpression' || at.parent.type === 'LogicalExpression')
          continue;
        return at.parent.type === 'Property' && at.parent.value === at && at.parent.key.name === 'vi';
      }
      return false;
    };
    const writtenDay = /\b\d{4}-\d{2}-\d{2}\b/;
    return {
      Literal(node) {
        if (typeof node.value === 'string' && writtenDay.test(node.value) && isVietnamese(node)) context.report({ node, messageId: 'day' });
      },
      TemplateElement(node) {
        if (writtenDay.test(node.value.raw) && isVietnamese(node.parent)) context.report({ node, messageId: 'day' });
      },
      TemplateLiteral(node) {
        if (!isVietnamese(node)) return;
        for (const expression of node.expressions) {
          const text = context.sourceCode.getText(expression);
          if (namesOfDays.test(nameOf(expression)))
            context.report({ node: expression, messageId: 'day', fix: (fixer) => fixer.replaceText(expression, `asWritten(${text})`) });
          else if (isClosed(typeOf(expression)) || (elementOf(expression) && isClosed(elementOf(expression))))
            context.report({ node: expression, messageId: 'code' });
        }
      },
    };
  },
};
