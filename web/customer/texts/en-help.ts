import type { HelpTexts } from './nb-help.ts';

/** The help page, in English. */
export const enHelp: HelpTexts = {
  title: 'Help',
  lead: 'Answers to the most common questions.',
  questions: [
    {
      title: 'Does my money pass through Drop?',
      text: [
        'No. The money goes straight from your bank to the recipient. Drop sends the payment to your bank, and you approve it there.',
      ],
    },
    {
      title: 'When will the money arrive?',
      text: [
        'Usually on the same day if you approve before the last settlement between the banks, otherwise on the next banking day. The banks do not settle at weekends or on public holidays.',
        'You see when the money normally arrives before you confirm. Some banks also offer instant payments.',
      ],
    },
    {
      title: 'I do not know whether my payment went through. Should I pay again?',
      text: [
        'Do not pay again until you know. Look under Payments: it says whether the money has been taken, has not been taken, or whether we do not know yet.',
        'If we do not know, we keep asking the bank until it answers, and then we tell you.',
      ],
    },
    {
      title: 'Can I stop a payment?',
      text: [
        'Before you have approved it: yes, by not approving it. If it has a later date, you can usually stop it until the banking day before. Open it under Payments. If it cannot be stopped in Drop, ask your bank.',
        'An instant payment cannot be stopped.',
      ],
    },
    {
      title: 'I paid to the wrong account. What do I do?',
      text: [
        'Contact your bank at once. It can ask the recipient’s bank to return the money. Give the reference shown on the payment in Drop.',
      ],
    },
    {
      title: 'There is a payment I do not recognise',
      text: [
        'Call your bank at once, and tell us. Your bank can block your account and your BankID.',
        'Also look under Devices to see whether someone else is signed in, and sign them out.',
      ],
    },
    {
      title: 'Someone asks me to approve something I did not start',
      text: [
        'Do not approve it, and never give anyone codes or passwords. Drop does not call you or ask you to move money. If in doubt, call your bank on the number you find on its website yourself.',
      ],
    },
    {
      title: 'What can Drop see at my bank?',
      text: [
        'The name, number and balance of the accounts you choose. We read your transactions only when your bank has not answered about a payment, to find it. We do not see your password.',
        'Consents shows what you have given access to, and until when.',
      ],
    },
    {
      title: 'Why do I have to renew my consent?',
      text: [
        'By law, such a consent lasts 180 days at most, and some banks allow less. We tell you before it expires. You can also withdraw it whenever you like.',
      ],
    },
    {
      title: 'Why do I have to verify my identity?',
      text: [
        'The law requires us to know who is paying. You do the check once, and it usually takes a few minutes. Some checks are done manually and take longer.',
      ],
    },
  ],
  contactTitle: 'Still need help?',
  contact: 'Contact customer service:',
  contactText:
    'If it is about an error message, include the code and reference at the bottom of it. Never send codes or passwords.',
  noContact: 'About Drop and complaints names the company behind Drop.',
  about: 'About Drop and complaints',
};
