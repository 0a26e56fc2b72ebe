import type { App } from './contract/system.ts';
import type { HttpDependencies } from './environment.ts';

/** The settings that the web app needs before a customer has signed in. */
export function appSettings({ config, hasStage = false }: HttpDependencies): App {
  const isMock = config.NEXT_PUBLIC_SERVICE_MODE === 'mock';
  const webSdk = { scriptUrl: config.SUMSUB_WEBSDK_SCRIPT_URL, baseUrl: config.SUMSUB_WEBSDK_BASE_URL };
  return {
    environment: config.DROP_ENVIRONMENT,
    serviceMode: config.NEXT_PUBLIC_SERVICE_MODE,
    hasStage: config.DROP_ENVIRONMENT === 'sandbox' && hasStage,
    webSdk: isMock ? null : webSdk,
    supportContact: config.SUPPORT_CONTACT ?? null,
    operator: operatorOf(config),
  };
}

function operatorOf(config: HttpDependencies['config']): App['operator'] {
  const { OPERATOR_NAME: name, OPERATOR_ADDRESS: address, OPERATOR_LICENCE: licence } = config;
  const organisationNumber = config.OPERATOR_ORGANISATION_NUMBER;
  if (!name || !organisationNumber || !address || !licence) return null;
  return { name, organisationNumber, address, licence };
}
