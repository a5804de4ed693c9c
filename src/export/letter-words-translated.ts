import type { LetterWords } from './letter-words.ts';

export const GERMAN: LetterWords = {
  name: 'Deutsch',
  recipient: 'An:',
  greeting: 'Guten Tag,',
  between: 'zwischen dem {from} und dem {to}',
  by: 'bis zum {to}',
  booked:
    'Für Sie ist ein Termin vereinbart: {appointment}. Wenn Sie nicht kommen können, sagen Sie uns bitte Bescheid; wir finden dann einen anderen Tag.',
  notBooked: 'Bitte melden Sie sich bei uns, damit wir einen Termin mit Ihnen vereinbaren können.',
  dayAndTime: '{day}, {time} Uhr',
  code: 'Wenn Sie sich bei uns melden, nennen Sie bitte diese Kennung: {code}. Sie müssen nicht sagen, worum es geht.',
  farewell: 'Mit freundlichen Grüßen',
  contact: 'Telefon, Unterschrift:',
  texts: {
    invitation: {
      subject: 'Ihr nächster Kontrolltermin',
      paragraphs: [
        'Ihre nächste bildgebende Kontrolle der Brust soll {when} stattfinden.',
        '{booking}',
        'Bitte sagen Sie uns vorher, was für die Untersuchung wichtig sein kann: eine Schwangerschaft, ein Implantat oder einen Herzschrittmacher, eine Allergie, eine Erkrankung der Nieren. Wenn die Untersuchung schon anderswo stattgefunden hat, sagen Sie uns bitte, wo.',
        '{code}',
      ],
    },
    reminder: {
      subject: 'Erinnerung an Ihren Kontrolltermin',
      paragraphs: [
        'Wir haben Ihnen wegen Ihrer nächsten bildgebenden Kontrolle der Brust geschrieben. Soweit wir wissen, hat sie noch nicht stattgefunden. Sie soll {when} stattfinden.',
        '{booking}',
        'Wenn die Untersuchung anderswo stattgefunden hat, sagen Sie uns bitte, wo.',
        '{code}',
      ],
    },
    overdue: {
      subject: 'Ihr Kontrolltermin',
      paragraphs: [
        'Ihre bildgebende Kontrolle der Brust sollte bis zum {to} stattfinden. Soweit wir wissen, hat sie nicht stattgefunden.',
        'Sie kann noch nachgeholt werden, und das möchten wir bald tun. {booking}',
        'Wenn die Untersuchung anderswo stattgefunden hat oder wenn Sie sie nicht wünschen, sagen Sie uns das bitte. Wenn Sie eine Veränderung an Ihrer Brust bemerken, warten Sie nicht auf einen Termin: Melden Sie sich sofort bei uns oder bei Ihrer Ärztin oder Ihrem Arzt.',
        '{code}',
      ],
    },
    closing: {
      subject: 'Das Ende Ihrer Kontrolltermine',
      paragraphs: [
        'Die bildgebenden Kontrollen der Brust, die bei uns geplant waren, sind beendet. Wir werden Sie nicht mehr dazu einladen.',
        'Sie können jederzeit wieder zu uns kommen, was auch immer der Grund war: Melden Sie sich bei uns, dann vereinbaren wir einen Termin mit Ihnen. {code}',
        'Wenn Sie eine Veränderung an Ihrer Brust bemerken, warten Sie nicht: Melden Sie sich sofort bei uns oder bei Ihrer Ärztin oder Ihrem Arzt. Dort erfahren Sie auch, welche Untersuchungen der Brust von nun an für Sie richtig sind.',
      ],
    },
  },
};

export const SPANISH: LetterWords = {
  name: 'Español',
  recipient: 'Para:',
  greeting: 'Buenos días:',
  between: 'entre el {from} y el {to}',
  by: 'a más tardar el {to}',
  booked:
    'Tiene una cita reservada: {appointment}. Si no puede venir, avísenos, por favor, y buscaremos otro día.',
  notBooked: 'Póngase en contacto con nosotros, por favor, para acordar una cita.',
  dayAndTime: '{day}, a las {time}',
  code: 'Cuando se ponga en contacto con nosotros, indique, por favor, este código: {code}. No hace falta que diga de qué se trata.',
  farewell: 'Reciba un cordial saludo',
  contact: 'Teléfono, firma:',
  texts: {
    invitation: {
      subject: 'Su próxima cita de control',
      paragraphs: [
        'Su próximo control de la mama por imagen debería hacerse {when}.',
        '{booking}',
        'Infórmenos antes, por favor, de todo lo que pueda ser importante para la prueba: un embarazo, un implante o marcapasos, una alergia, una enfermedad de los riñones. Si la prueba ya se hizo en otro lugar, díganos dónde, por favor.',
        '{code}',
      ],
    },
    reminder: {
      subject: 'Recordatorio de su cita de control',
      paragraphs: [
        'Le escribimos acerca de su próximo control de la mama por imagen. Que sepamos, todavía no se ha hecho. Debería hacerse {when}.',
        '{booking}',
        'Si la prueba se hizo en otro lugar, díganos dónde, por favor.',
        '{code}',
      ],
    },
    overdue: {
      subject: 'Su cita de control',
      paragraphs: [
        'Su control de la mama por imagen debería haberse hecho a más tardar el {to}. Que sepamos, no se ha hecho.',
        'Todavía puede hacerse, y nos gustaría que fuera pronto. {booking}',
        'Si la prueba se hizo en otro lugar, o si no la desea, díganoslo, por favor. Si nota un cambio en la mama, no espere a una cita: póngase en contacto enseguida con nosotros o con su médico.',
        '{code}',
      ],
    },
    closing: {
      subject: 'Fin de sus citas de control',
      paragraphs: [
        'Los controles de la mama por imagen que estaban previstos con nosotros han terminado. No le enviaremos más invitaciones.',
        'Puede volver en cualquier momento, sea cual sea el motivo por el que terminaron: póngase en contacto con nosotros y acordaremos una cita. {code}',
        'Si nota un cambio en la mama, no espere: póngase en contacto enseguida con nosotros o con su médico. Su médico puede decirle qué pruebas de la mama le convienen a partir de ahora.',
      ],
    },
  },
};

export const FRENCH: LetterWords = {
  name: 'Français',
  recipient: 'À\u00a0:',
  greeting: 'Bonjour,',
  between: 'entre le {from} et le {to}',
  by: 'au plus tard le {to}',
  booked:
    'Un rendez-vous est réservé pour vous\u00a0: {appointment}. Si vous ne pouvez pas venir, merci de nous prévenir\u00a0; nous trouverons un autre jour.',
  notBooked: 'Merci de prendre contact avec nous afin de convenir d’un rendez-vous.',
  dayAndTime: '{day} à {time}',
  code: 'Lorsque vous prenez contact avec nous, merci d’indiquer ce code\u00a0: {code}. Vous n’avez pas besoin de dire de quoi il s’agit.',
  farewell: 'Avec nos salutations les meilleures',
  contact: 'Téléphone, signature\u00a0:',
  texts: {
    invitation: {
      subject: 'Votre prochain rendez-vous de contrôle',
      paragraphs: [
        'Votre prochain contrôle du sein par imagerie devrait avoir lieu {when}.',
        '{booking}',
        'Merci de nous signaler auparavant tout ce qui peut être important pour l’examen\u00a0: une grossesse, un implant ou un stimulateur cardiaque, une allergie, une maladie des reins. Si l’examen a déjà été fait ailleurs, merci de nous dire où.',
        '{code}',
      ],
    },
    reminder: {
      subject: 'Rappel de votre rendez-vous de contrôle',
      paragraphs: [
        'Nous vous avons écrit au sujet de votre prochain contrôle du sein par imagerie. À notre connaissance, il n’a pas encore eu lieu. Il devrait avoir lieu {when}.',
        '{booking}',
        'Si l’examen a été fait ailleurs, merci de nous dire où.',
        '{code}',
      ],
    },
    overdue: {
      subject: 'Votre rendez-vous de contrôle',
      paragraphs: [
        'Votre contrôle du sein par imagerie aurait dû avoir lieu au plus tard le {to}. À notre connaissance, il n’a pas eu lieu.',
        'Il peut encore être fait, et nous aimerions que ce soit bientôt. {booking}',
        'Si l’examen a été fait ailleurs, ou si vous ne le souhaitez pas, merci de nous le dire. Si vous remarquez un changement dans le sein, n’attendez pas un rendez-vous\u00a0: prenez tout de suite contact avec nous ou avec votre médecin.',
        '{code}',
      ],
    },
    closing: {
      subject: 'Fin de vos rendez-vous de contrôle',
      paragraphs: [
        'Les contrôles du sein par imagerie qui étaient prévus chez nous sont terminés. Nous ne vous enverrons plus d’invitations.',
        'Vous pouvez revenir à tout moment, quelle qu’en soit la raison\u00a0: prenez contact avec nous, et nous conviendrons d’un rendez-vous. {code}',
        'Si vous remarquez un changement dans le sein, n’attendez pas\u00a0: prenez tout de suite contact avec nous ou avec votre médecin. Votre médecin peut vous dire quels examens du sein vous conviennent désormais.',
      ],
    },
  },
};
