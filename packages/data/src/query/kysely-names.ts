import {
  AndNode,
  BinaryOperationNode,
  createQueryId,
  type IdentifierNode,
  type KyselyPlugin,
  type OperationNode,
  OperationNodeTransformer,
  OperatorNode,
  PrimitiveValueListNode,
  type PluginTransformQueryArgs,
  type QueryId,
  ReferenceNode,
  type RootOperationNode,
  type SelectQueryNode,
  TableNode,
  TupleNode,
  ValueListNode,
  ValueNode,
} from 'kysely'

import { QueryError } from '../errors.ts'
import { snakeCase } from '../names.ts'
import { type Column } from '../schema/schema.ts'

/** What the names in a caller's expression stand for. */
interface Scope {
  /** The table it was written for. */
  readonly table: string | undefined
  /** What the query calls that table. */
  readonly alias: string
  /** Columns to write with their table, as joined rows have some of the same name. */
  readonly qualify: readonly Column[]
}

/** The operators that null makes neither true nor false. */
const NEVER_WITH_NULL: ReadonlySet<string> = new Set([
  '=',
  '==',
  '!=',
  '<>',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  'not in',
  'like',
  'not like',
  'ilike',
  'not ilike',
  '~',
  '~*',
  '!~',
  '!~*',
  'between',
  'between symmetric',
])

// SQL has no empty list to be in.
const [ZERO, ONE, EQUALS] = [
  ValueNode.createImmediate(0),
  ValueNode.createImmediate(1),
  OperatorNode.create('='),
]
const NEVER = BinaryOperationNode.create(ONE, EQUALS, ZERO)
const ALWAYS = BinaryOperationNode.create(ONE, EQUALS, ONE)

/** From what is written in TypeScript to what the database knows; refuses what would never be true. */
class DatabaseNames extends OperationNodeTransformer {
  #scope: Scope | undefined
  #depth = 0

  /** One transformer serves all, since making one costs more than the work: nothing waits while it works. */
  within<Node extends OperationNode>(node: Node, id: QueryId, scope: Scope | undefined): Node {
    this.#scope = scope
    this.#depth = 0
    this.nodeStack.length = 0
    return this.transformNode(node, id)
  }

  protected override transformIdentifier(node: IdentifierNode): IdentifierNode {
    return { ...node, name: snakeCase(node.name) }
  }

  protected override transformSelectQuery(node: SelectQueryNode, id: QueryId): SelectQueryNode {
    this.#depth += 1
    const transformed = super.transformSelectQuery(node, id)
    this.#depth -= 1
    return transformed
  }

  protected override transformReference(node: ReferenceNode, id: QueryId): ReferenceNode {
    const { column, table } = super.transformReference(node, id)
    const scope = this.#scope
    if (!scope || column.kind === 'SelectAllNode')
      return { kind: 'ReferenceNode', column, ...(table && { table }) }
    const name = column.column.name
    const ours = table
      ? table.table.identifier.name === scope.table
      : this.#depth === 0 && scope.qualify.some((one) => one.column === name)
    if (ours) return ReferenceNode.create(column, TableNode.create(scope.alias))
    return table ? ReferenceNode.create(column, table) : ReferenceNode.create(column)
  }

  protected override transformBinaryOperation(
    node: BinaryOperationNode,
    id: QueryId,
  ): BinaryOperationNode {
    const { operator, leftOperand, rightOperand } = node
    if (OperatorNode.is(operator) && NEVER_WITH_NULL.has(operator.operator)) {
      if (holdsNull(leftOperand) || holdsNull(rightOperand)) {
        throw new QueryError(nullMessage(node, operator.operator))
      }
      if (isEmpty(rightOperand)) return operator.operator === 'in' ? NEVER : ALWAYS
    }
    return super.transformBinaryOperation(node, id)
  }
}

const names = new DatabaseNames()

/**
 * A caller's expression, ready to stand in a query.
 *
 * @throws QueryError where it compares with null.
 */
export function inScope(node: OperationNode, scope: Scope): OperationNode {
  return names.within(node, createQueryId(), scope)
}

/** Maps names for what is built with Kysely alone. */
export const databaseNames: KyselyPlugin = {
  transformQuery: ({ node, queryId }: PluginTransformQueryArgs): RootOperationNode =>
    names.within(node, queryId, undefined),
  // Nothing runs through Kysely: `repo.run` reads the rows.
  transformResult: async ({ result }) => result,
}

function holdsNull(operand: OperationNode): boolean {
  if (ValueNode.is(operand)) return operand.value === null || operand.value === undefined
  if (PrimitiveValueListNode.is(operand)) {
    return operand.values.some((value) => value === null || value === undefined)
  }
  if (AndNode.is(operand)) return holdsNull(operand.left) || holdsNull(operand.right)
  return (ValueListNode.is(operand) || TupleNode.is(operand)) && operand.values.some(holdsNull)
}

function isEmpty(operand: OperationNode): boolean {
  return (
    (PrimitiveValueListNode.is(operand) || ValueListNode.is(operand)) && operand.values.length === 0
  )
}

function nullMessage({ leftOperand }: BinaryOperationNode, operator: string): string {
  const name =
    ReferenceNode.is(leftOperand) && leftOperand.column.kind === 'ColumnNode'
      ? leftOperand.column.column.name
      : '…'
  return (
    `an expression compares "${name}" with null by "${operator}", which in SQL is never true. ` +
    `Ask for absence with eb('${name}', 'is', null).`
  )
}
