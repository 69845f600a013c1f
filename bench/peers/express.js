// The usual hand-written server: Express and Prisma, a key looked up by its column, then select, and
// for a pull an update of what was selected. `node express.js`, with DATABASE_URL and POOL.
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from 'bench-client';
import express from 'express';

const prisma = new PrismaClient({
  adapter: new PrismaPg({
    connectionString: process.env.DATABASE_URL,
    max: Number(process.env.POOL),
  }),
});
const DAYS_30 = 30 * 24 * 3_600_000;

const labels = {
  statut: true,
  origine: true,
  type_contact: true,
  type_action: true,
  prospect: true,
  region: true,
  programme: true,
};

/** The shape of the answer, field by field, as the published API has it. */
const present = (action) => ({
  action_id: Number(action.id),
  prospect_id: Number(action.prospect.id),
  programme_id: Number(action.programme.id),
  prospect_nom: action.prospect.nom,
  prospect_prenom: action.prospect.prenom,
  prospect_telephone: action.prospect.telephone,
  prospect_email: action.prospect.email,
  programme_nom: action.programme.nom,
  region_nom: action.region.nom,
  origine_designation: action.origine?.designation ?? null,
  type_contact_designation: action.type_contact?.designation ?? null,
  type_action_designation: action.type_action?.designation ?? null,
  action_date: action.created_at,
  action_commentaire: action.commentaire,
  statut_id: Number(action.id_statut),
  statut_designation: action.statut.designation,
  ready_at: action.ready_at,
  pulled_at: action.pulled_at,
  pull_id: action.id_pull,
  prospect_civilite: action.prospect.civilite,
  prospect_adresse: action.prospect.adresse,
  prospect_code_postal: action.prospect.code_postal,
  prospect_ville: action.prospect.ville,
  prospect_pays: action.prospect.pays,
  programme_ville: action.programme.ville,
  region_id: Number(action.id_region),
  origine_id: Number(action.id_origine),
  type_contact_id: Number(action.id_type_contact),
  type_action_id: Number(action.id_type_action),
  source_reference: action.source_reference,
  utm_source: action.utm_source,
  utm_medium: action.utm_medium,
  utm_campaign: action.utm_campaign,
  utm_term: action.utm_term,
  utm_content: action.utm_content,
  gclid: action.gclid,
  fbclid: action.fbclid,
});

const app = express();
app.disable('x-powered-by');
app.use(express.json());

app.use(async (request, response, next) => {
  const key = await prisma.api_key.findUnique({
    where: { id: request.get('x-api-key') ?? '' },
    include: { regions: true },
  });
  if (!key) return response.status(401).json({ valid: false, error: 'Invalid API Key' });
  request.key = { ...key, regions: key.regions.map(({ id_region }) => id_region) };
  next();
});

const ready = ({ id_statut_ready, regions }) => ({
  id_statut: id_statut_ready,
  id_region: { in: regions },
});

const selectReady = (key, limit) =>
  prisma.action.findMany({
    where: ready(key),
    orderBy: [{ ready_at: 'asc' }, { id: 'asc' }],
    take: limit,
    include: labels,
  });

const operations = {
  readContacts: async (key, { limit = 200 }) => (await selectReady(key, limit)).map(present),

  async pullContacts(key, { limit = 200 }) {
    const actions = await selectReady(key, limit);
    const pulled = {
      id_statut: key.id_statut_pulled,
      pulled_at: new Date(),
      id_client: key.id_client,
    };
    await prisma.action.updateMany({
      where: { id: { in: actions.map(({ id }) => id) } },
      data: pulled,
    });
    return actions.map((action) => present({ ...action, ...pulled }));
  },

  async getPulledContacts(key, { limit = 500 }) {
    const actions = await prisma.action.findMany({
      where: {
        id_client: key.id_client,
        id_statut: key.id_statut_pulled,
        id_region: { in: key.regions },
        pulled_at: { gte: new Date(Date.now() - DAYS_30) },
      },
      orderBy: [{ pulled_at: 'desc' }, { id: 'desc' }],
      take: limit,
      include: labels,
    });
    return actions.map(present);
  },

  async getProgrammes(key) {
    const programmes = await prisma.programme.findMany({
      where: { id_region: { in: key.regions } },
      orderBy: { id: 'asc' },
    });
    return programmes.map(({ id, id_region, nom }) => ({
      id: Number(id),
      idRegion: Number(id_region),
      nom,
    }));
  },
};

app.post('/api/v1', async (request, response) => {
  const operation = operations[request.body.operation];
  if (!operation) return response.status(400).json({ valid: false, error: 'Unknown operation' });
  response.json(await operation(request.key, request.body));
});

const server = app.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${server.address().port}` });
});
