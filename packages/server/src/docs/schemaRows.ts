import { z } from 'zod';

/** One member of an object, as the page shows it. */
export interface SchemaRow {
  readonly name: string;
  readonly type: string;
  /** How a form takes it. */
  readonly input: 'text' | 'number' | 'numbers';
  readonly required: boolean;
  /** In English, as the contract has it. */
  readonly meaning: string;
}

/** The words of a language for types; JSON's own names stand where it has none. */
export interface TypeWords {
  readonly of: Readonly<Record<string, string>>;
  list(item: string): string;
  nullable(type: string): string;
}

/** What is read of a member's JSON Schema. A nullable one has a list of types, or `anyOf`. */
interface Member {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly anyOf?: readonly Member[];
  readonly items?: Member;
  readonly description?: string;
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, Member>>;
  readonly required?: readonly string[];
}

const typesOf = ({ type }: Member): readonly string[] => [type ?? []].flat();

function typeName(member: Member, words: TypeWords): string {
  const choices = member.anyOf ?? [member];
  const own = choices.find((choice) => typesOf(choice).some((type) => type !== 'null')) ?? member;
  const type = typesOf(own).find((name) => name !== 'null') ?? 'any';
  const known = words.of[own.format ?? ''] ?? words.of[type] ?? type;
  const name = type === 'array' ? words.list(typeName(own.items ?? {}, words)) : known;
  const nullable = choices.some((choice) => typesOf(choice).includes('null'));
  return nullable ? words.nullable(name) : name;
}

const isNumber = (member: Member = {}): boolean =>
  typesOf(member).some((type) => type === 'integer' || type === 'number');

function inputOf(member: Member): SchemaRow['input'] {
  if (isNumber(member)) return 'number';
  return typesOf(member).includes('array') && isNumber(member.items) ? 'numbers' : 'text';
}

/** The members of an object schema with type, meaning and whether they may be absent. */
export function schemaRows(schema: z.ZodObject, words: TypeWords): SchemaRow[] {
  const json = z.toJSONSchema(schema, { io: 'input' }) as ObjectSchema & {
    $defs?: Record<string, ObjectSchema>;
  };
  const { properties = {}, required = [] } = Object.values(json.$defs ?? {})[0] ?? json;
  return Object.entries(properties).map(([name, member]) => ({
    name,
    type: typeName(member, words),
    input: inputOf(member),
    required: required.includes(name),
    meaning: member.description ?? '',
  }));
}
