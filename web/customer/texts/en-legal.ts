import type { LegalTexts } from './nb-legal.ts';

export const enLegal: LegalTexts = {
  contact: 'Questions? Contact customer service:',
  about: {
    title: 'About Drop and complaints',
    lead: 'Which company runs Drop, which authority supervises it, and what you can do if something is wrong.',
    operatorTitle: 'The company behind Drop',
    operatorUnknown: 'The company has not entered its details yet.',
    name: 'Name',
    number: 'Organisation number',
    address: 'Address',
    licence: "Number in Finanstilsynet's register",
    supervisionTitle: 'Supervision',
    supervision:
      'Companies that initiate payments and read account information must be authorised and supervised by Finanstilsynet, the Financial Supervisory Authority of Norway. You can look up the licence in its register.',
    register: "Finanstilsynet's register of licences",
    complaintTitle: 'How to complain',
    complaintFirst:
      'Contact us first. You should get a reply within 15 working days. If we need more time, we will tell you why, and you will get a reply within 35 working days at the latest.',
    complaintContact: 'Contact us:',
    complaintBoard:
      'If you disagree with our reply, you can complain to Finansklagenemnda, the Norwegian Financial Services Complaints Board. It is free for consumers.',
    board: 'Finansklagenemnda',
    sections: [
      {
        title: 'A payment you do not recognise',
        text: [
          'Tell your bank at once, and us. The bank can block the account and BankID.',
          'As a rule, the bank must refund a payment that you did not approve by the end of the next working day. You have 13 months to report it.',
        ],
      },
    ],
  },
  terms: {
    title: 'Terms',
    lead: 'In short, what Drop does for you and what you are responsible for.',
    sections: [
      {
        title: 'What Drop does',
        text: [
          'Drop shows the balance of the accounts you link, and sends your payments to your bank. Drop never holds your money.',
          'You must be 18 or over, have a Norwegian BankID, and have your identity verified.',
        ],
      },
      {
        title: 'Once a payment is approved',
        text: [
          'You approve every payment at your bank. After that it usually cannot be withdrawn. You can stop a payment with a later date at your bank until the banking day before.',
          'Banks do not always check that the name of the recipient belongs to the account number. Check the number before you approve.',
          'We say that a payment is completed when the bank has confirmed it. If the bank has not answered, we say so.',
        ],
      },
      {
        title: 'Price',
        text: ['Drop does not charge for payments. Your bank may charge its usual fee.'],
      },
      {
        title: 'Your responsibility',
        text: [
          'Keep BankID to yourself, and lock your device. Sign out on devices that other people use.',
          'Tell your bank and us as soon as you can if something is wrong.',
        ],
      },
      {
        title: 'If you want to leave',
        text: [
          'You can withdraw your consents at any time, in Drop or at your bank. You close your Drop account under Settings, Privacy.',
        ],
      },
    ],
  },
  privacy: {
    title: 'Privacy',
    lead: 'What Drop knows about you, why, and what you can ask for.',
    sections: [
      {
        title: 'What we store',
        text: [
          'Your name from BankID, a cryptographic code made from your national identity number (never the number itself), and whether your identity is verified.',
          'Account numbers, account names and the latest balance of the accounts you link, your consents, and your payments with recipient, amount and status.',
          'Your e-mail address if you give it, and the devices you are signed in on.',
        ],
      },
      {
        title: 'Why',
        text: [
          'We need it to do what you ask for: show balances, send payments and keep you informed. The law requires us to check your identity, and to keep payments for at least five years.',
          'We do not use it for advertising. Drop uses no analytics.',
        ],
      },
      {
        title: 'Who receives it',
        text: [
          'Your bank, and the company through which Drop reaches the bank, receive what they need to give balances and carry out payments. The consent names the company.',
          'Sumsub checks the identity document. Pictures and documents go directly there and are not stored by Drop. BankID learns that you sign in.',
        ],
      },
      {
        title: 'Cookies',
        text: [
          'Drop only uses necessary cookies: for the sign-in, the language and the appearance you have chosen and, for some banks, your national identity number in encrypted form until you sign out.',
        ],
      },
      {
        title: 'Your rights',
        text: [
          'You can ask for access, correction, deletion and a copy of your data. Some of it we must keep by law, even if you ask us to delete it.',
          'You get the copy under Settings, Privacy. You can close your Drop account there, too.',
          'You can complain to Datatilsynet, the Norwegian Data Protection Authority, if you think we are breaking the rules.',
        ],
      },
    ],
  },
  accessibility: {
    title: 'Accessibility statement',
    lead: 'Everyone should be able to use Drop.',
    sections: [
      {
        title: 'What we follow',
        text: ['The aim is WCAG 2.2 at level AA, in light and dark colours, in Norwegian and English.'],
      },
      {
        title: 'How Drop is checked',
        text: [
          'A program checks the screens before every new version: contrast, names and roles, text at twice the size, 400% zoom and small screens. Sign-in and payment are tried with the keyboard alone.',
          'A program does not find every fault. Drop has not been audited by an independent party.',
        ],
      },
      {
        title: 'What Drop does not control',
        text: ['The pages of BankID, your bank and Sumsub are their own. Report faults there to them.'],
      },
      {
        title: 'Report a fault',
        text: [
          'Write to us if something is hard to use, and tell us which device and which assistive technology you use. You can also report it to Tilsynet for universell utforming av ikt, the Norwegian authority for accessibility.',
        ],
      },
    ],
  },
};
