import { z } from 'zod';

/** One member of an object, as a table shows it. */
export interface SchemaRow {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly nullable: boolean;
  readonly meaning: string;
}

interface Member {
  readonly type?: string;
  readonly format?: string;
  readonly anyOf?: Member[];
  readonly items?: Member;
  readonly description?: string;
}

function typeOf(member: Member): string {
  const own = member.anyOf?.find(({ type }) => type !== 'null') ?? member;
  if (own.type === 'array') return `list of ${typeOf(own.items ?? {})}s`;
  if (own.format === 'date-time') return 'date and time';
  if (own.format === 'uuid') return 'uuid';
  return own.type ?? 'any';
}

/** The members of an object schema with type, meaning and whether they may be absent or null. */
export function schemaRows(schema: z.ZodObject): SchemaRow[] {
  const json = z.toJSONSchema(schema, { io: 'input' }) as {
    properties?: Record<string, Member>;
    required?: string[];
    $defs?: Record<string, { properties: Record<string, Member>; required?: string[] }>;
  };
  const object = Object.values(json.$defs ?? {})[0] ?? json;
  return Object.entries(object.properties ?? {}).map(([name, member]) => ({
    name,
    type: typeOf(member),
    required: object.required?.includes(name) ?? false,
    nullable: member.anyOf?.some(({ type }) => type === 'null') ?? false,
    meaning: member.description ?? '',
  }));
}
