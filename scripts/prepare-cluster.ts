// Beside the other steps of `npm run prepare`: makes the database cluster that a first start copies.
import { prepareClusterTemplate } from '#store/embedded/cluster.ts';

await prepareClusterTemplate();
